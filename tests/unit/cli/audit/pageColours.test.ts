// The colours of the page: every text that lies on a colour can be read, in light and in dark.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const styleSheet = readFileSync(join(__dirname, "../../../../cli/audit/page/base.css"), "utf8");

/** WCAG 2.2, success criterion 1.4.3: text of ordinary size. */
const leastContrast = 4.5;

type Colour = readonly [number, number, number];

const schemes = ["light", "dark"] as const;

/** The colour of a custom property in a scheme. */
function colourOf(name: string, scheme: (typeof schemes)[number]): Colour {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(styleSheet)?.[1] ?? "";
  const both = /^light-dark\((#\w+), (#\w+)\)$/.exec(value);
  const hex = both === null ? value : (both[scheme === "light" ? 1 : 2] ?? "");
  const channels = /^#(..)(..)(..)$/
    .exec(hex)
    ?.slice(1)
    .map((one) => Number.parseInt(one, 16));
  if (channels === undefined) {
    throw new Error(`--${name} in ${scheme} is no colour: ${value}`);
  }
  return channels as unknown as Colour;
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** As `color-mix(in srgb, …)`. */
function mix(a: Colour, share: number, b: Colour): Colour {
  return a.map((channel, index) => channel * share + (b[index] ?? 0) * (1 - share)) as unknown as Colour;
}

describe.each(schemes)("in %s", (scheme) => {
  const colour = (name: string): Colour => colourOf(name, scheme);

  it.each(["ink", "quiet", "accent", "high", "medium", "low", "good"])("--%s on every ground", (text) => {
    for (const ground of ["page", "surface", "raised"]) {
      expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(leastContrast);
    }
  });

  it.each(["high", "medium", "low", "good", "quiet"])("a badge in --%s on its own tint", (tone) => {
    const tint = mix(colour(tone), 0.11, colour("surface"));
    expect(contrast(colour(tone), tint)).toBeGreaterThanOrEqual(leastContrast);
  });

  it.each(["escalation", "recordings", "export", "configuration", "plain"])("the letter on --%s", (risk) => {
    expect(contrast(colour(`on-${risk}`), colour(risk))).toBeGreaterThanOrEqual(leastContrast);
  });

  it.each(["client", "escalation", "recordings"])("the drawing in --%s stands out", (name) => {
    const leastOfDrawings = 3; // Success criterion 1.4.11.
    expect(contrast(colour(name), colour("surface"))).toBeGreaterThanOrEqual(leastOfDrawings);
  });
});
