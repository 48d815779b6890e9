// The sanitiser: whatever Genesys answers, the engine can store it.
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { sanitizeProperties } from "../../../providers/engine/outputs";

describe("sanitizeProperties", () => {
  const hostile = {
    kept: "text",
    missing: undefined,
    date: new Date("2026-11-01T09:00:00Z"),
    method: () => 1,
    symbol: Symbol("s"),
    nested: { missing: undefined, list: [1, undefined, new Date(0), { gone: undefined }] },
    notANumber: Number.NaN,
    big: 12n,
    nothing: null,
  };

  it("drops what cannot be stored and turns dates into text", () => {
    expect(sanitizeProperties(hostile)).toEqual({
      kept: "text",
      date: "2026-11-01T09:00:00.000Z",
      nested: { list: [1, null, "1970-01-01T00:00:00.000Z", {}] },
      notANumber: null,
      big: "12",
      nothing: null,
    });
  });

  it("gives what the engine's wire format accepts, where the raw value is refused", () => {
    type Plain = Parameters<typeof Struct.fromJavaScript>[0];
    expect(() => Struct.fromJavaScript(hostile as unknown as Plain)).toThrow();
    expect(() => Struct.fromJavaScript(sanitizeProperties(hostile) as Plain)).not.toThrow();
  });
});
