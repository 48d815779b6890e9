// When a publication is recorded and when it is not, whatever the secret held before; and that nothing here ever throws.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RotationEvidence } from "../../../evidence/record";
import type { Publication } from "../../../providers/clientSecret/publication";
import type { ClientSecretInputs } from "../../../providers/clientSecret/record";
import { evidenceFolder, recordPublication } from "../../../providers/clientSecret/rotationEvidence";
import { unproven } from "../../../providers/live/verification";
import { renderSecretPayload } from "../../../secrets/payload";
import type { OAuthClientEntity } from "../../../genesys/wire";
import type { LabelledVersion } from "../../../secrets/store";
import { Redactor } from "../../../common/redact";
import { FakeClock } from "../../fakeClock";

const endpoints = {
  tokenUrl: "https://login.mypurecloud.ie/oauth/token",
  apiUrl: "https://api.mypurecloud.ie",
};
const inputs: ClientSecretInputs = {
  organization: {},
  clientId: "client-new",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  state: "active",
  generation: 4,
  owner: "genesys-credentials/dev/nightly-report",
  secretName: "genesys/dev/nightly-report",
  secretArn: "arn:x",
  keys: "camel",
  ...endpoints,
  aws: {},
  versionStage: "AWSCURRENT",
};
const textOf = (clientId: string): string =>
  renderSecretPayload("camel", { clientId, clientSecret: "canary-secret", ...endpoints });
const current = (versionId: string): LabelledVersion => ({ versionId, labels: ["AWSCURRENT"] });
const previous = (versionId: string): LabelledVersion => ({ versionId, labels: ["AWSPREVIOUS"] });
const verification: Publication["verification"] = {
  verifiedAt: "2026-11-01T09:00:00.000Z",
  clientId: "client-new",
  roleDivisions: [],
  requests: 2,
};

/** What became of a secret that named another client. */
const moved: Publication = {
  versionId: "v2",
  text: textOf("client-new"),
  verification,
  pair: "new-client",
  before: [current("v1")],
  after: [current("v2"), previous("v1")],
  formerClientId: "client-old",
};
/** What an interrupted run had published, and this one only found. */
const found: Publication = {
  ...moved,
  pair: "stored",
  before: [current("v2"), previous("v1")],
  formerClientId: "client-new",
};

describe("the evidence of a rotation", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "genesys-credentials-evidence-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param stored What the versions hold that the publication itself does not tell. */
  async function record(
    published: Publication,
    stored: Readonly<Record<string, string>> | Error = {},
    into = folder,
    dateCreated: string | undefined = "2026-10-30T08:00:00Z",
  ): Promise<{ written: RotationEvidence[]; warnings: string[] }> {
    const warnings: string[] = [];
    const notify = (line: string) => warnings.push(line);
    const oauthClients = {
      get: (id: string) => Promise.resolve({ id, dateCreated } as unknown as OAuthClientEntity),
    };
    const session = { clock: new FakeClock(), notify, redactor: new Redactor(), oauthClients };
    const store = {
      text: (_arn: string, version: { readonly id: string } | { readonly label: string }) =>
        stored instanceof Error
          ? Promise.reject(stored)
          : Promise.resolve("id" in version ? stored[version.id] : undefined),
    };
    await recordPublication(session, store, inputs, published, "client-deployer", into);
    const written = readdirSync(folder)
      .filter((name) => name.startsWith("dev-"))
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as RotationEvidence);
    return { written, warnings };
  }

  test("says who followed whom, what was proven, and how the labels moved", async () => {
    expect(await record(moved)).toEqual({
      warnings: [],
      written: [
        {
          formatVersion: 2,
          event: "rotation",
          recordedAt: "2026-11-01T09:00:00.000Z",
          publishedAt: "2026-11-01T09:00:00.000Z",
          project: "genesys-credentials",
          stack: "dev",
          credential: "nightly-report",
          generation: 4,
          oldClientId: "client-old",
          newClientId: "client-new",
          pair: "new-client",
          verification,
          deployerClientId: "client-deployer",
          secret: { name: "genesys/dev/nightly-report", arn: "arn:x" },
          stagingLabels: { before: [current("v1")], after: [current("v2"), previous("v1")] },
        },
      ],
    });
  });

  test.each<[string, Publication, Readonly<Record<string, string>>, Partial<RotationEvidence>]>([
    ["a client that is kept got a new secret", { ...moved, pair: "new-secret" }, {}, { pair: "new-secret" }],
    [
      "a rotation was taken back",
      { ...moved, pair: "stored", before: [current("v1"), previous("v2")] },
      {},
      { pair: "stored", oldClientId: "client-old" },
    ],
    ["the value before was none of ours", { ...moved, formerClientId: null }, {}, { oldClientId: null }],
    [
      "a grant type needs a person",
      { ...moved, verification: unproven("client-new", "CODE") },
      {},
      { verification: null },
    ],
    [
      "an interrupted run had moved the labels and could not tell",
      found,
      { v1: textOf("client-old") },
      { oldClientId: "client-old", pair: "stored", stagingLabels: { before: [], after: found.after } },
    ],
    [
      "nothing was stored before",
      { ...moved, before: [], formerClientId: undefined },
      {},
      { event: "first-publication", oldClientId: null, publishedAt: "2026-11-01T09:00:00.000Z" },
    ],
    [
      "an interrupted run had published the first, or it is older than the state: as old as its client",
      { ...found, before: [current("v2")] },
      {},
      { event: "first-publication", oldClientId: null, publishedAt: "2026-10-30T08:00:00.000Z" },
    ],
  ])("is written when %s", async (_name, published, stored, expected) => {
    const { written, warnings } = await record(published, stored);
    expect(warnings).toEqual([]);
    expect(written).toMatchObject([expected]);
    expect(JSON.stringify(written)).not.toContain("canary-");
  });

  test.each<[string, Publication, Readonly<Record<string, string>>]>([
    ["the same client got another secret", { ...moved, formerClientId: "client-new" }, {}],
    ["nothing moved, and the version before is gone", found, {}],
    ["nothing moved, and the version before is none of ours", found, { v1: "another text" }],
    ["nothing moved, and the version before names the same client", found, { v1: textOf("client-new") }],
  ])("is not written when %s", async (_name, published, stored) => {
    expect(await record(published, stored)).toEqual({ written: [], warnings: [] });
  });

  test("is not written of a first publication that nobody knows the time of", async () => {
    const { written } = await record({ ...found, before: [current("v2")] }, {}, folder, "");
    expect(written).toEqual([]);
  });

  test("is not written twice for one first publication", async () => {
    await record({ ...moved, before: [], formerClientId: undefined });
    const { written } = await record({ ...found, before: [current("v2")] });
    expect(written).toHaveLength(1);
  });

  test("is not written twice for one rotation", async () => {
    await record(moved);
    const { written } = await record(found, { v1: textOf("client-old") });
    expect(written).toHaveLength(1);
  });

  test("that cannot be read becomes a warning without the text of the failure", async () => {
    const failure = Object.assign(new Error("canary-secret-in-a-message"), { name: "AccessDeniedException" });
    const { written, warnings } = await record(found, failure);
    expect(written).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Warning: recording the evidence dev-nightly-report-4\.json in .*: AccessDeniedException; the rotation itself is not affected/,
      ),
    ]);
    expect(warnings[0]).not.toContain("canary-");
  });

  test("that cannot be written becomes a warning with the code of the file system", async () => {
    writeFileSync(join(folder, "file"), "");
    const { warnings } = await record(moved, {}, join(folder, "file", "evidence"));
    expect(warnings).toEqual([expect.stringMatching(/dev-nightly-report-4\.json in .*: ENOTDIR; /)]);
  });
});

test.each([
  [{}, undefined],
  [{ GENESYS_CREDENTIALS_EVIDENCE: "" }, undefined],
  [{ GENESYS_CREDENTIALS_EVIDENCE: "/evidence" }, "/evidence"],
])("the folder in %j is %p", (environment, folder) => {
  expect(evidenceFolder(environment)).toBe(folder);
});
