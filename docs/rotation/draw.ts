// Draws docs/rotation/timeline.svg from the rules in force: `node -r ts-node/register docs/rotation/draw.ts`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { slotOwning } from "../../common/slot";
import { type Stretch, type Timeline, timelineOf } from "./timeline";

/** Pixels. */
const size = { left: 168, period: 168, row: 26, bar: 18, head: 58, gap: 26, margin: 12 } as const;
const longestRow = 4;
const width = size.left + longestRow * size.period + size.margin;
const fontSize = 12;
const smallFontSize = 11;
const textDrop = 13;
const corner = 3;

/** Even generations in one colour, odd ones in another, so that the slots take turns before the eye. */
const colours = {
  even: "#1f6feb",
  odd: "#8250df",
  label: "#57606a",
  copy: "#1a7f37",
  line: "#d0d7de",
  text: "#1f2328",
};

const opened = { clients: "replace", overlap: "previous", previous: "keep", revoked: false } as const;

const panels = [
  {
    title: "Alternating slots, clients replaced (clients: replace, the default)",
    words: "each rotation replaces the idle client; a copy works one whole period longer than it is current",
    timeline: timelineOf([0, 1, 2, 3], opened),
  },
  {
    title: "Alternating slots, clients kept (clients: keep)",
    words:
      "each rotation gives the idle client a new secret; copies work as long, and the two client ids stay",
    timeline: timelineOf([0, 1, 2, 3], { ...opened, clients: "keep" }),
  },
  {
    title: "A rotation taken back (git revert), in either mode",
    words: "the label goes back to the version that is there: no new secret, and every copy works",
    timeline: timelineOf([0, 1, 2, 1], opened),
  },
  {
    title: "Single slot (overlap: none)",
    words: "the former client dies in the same update: every cached copy breaks until it is read again",
    timeline: timelineOf([0, 1, 2, 3], { ...opened, overlap: "none" }),
  },
  {
    title: "Emergency (rotate --emergency: two generations at once), in either mode",
    words: "both clients are replaced: no copy of before works, which is the purpose",
    timeline: timelineOf([0, 1, 3], opened),
  },
];

/** The whole picture. The same rules give the same text. */
export function drawTimeline(): string {
  const parts: string[] = [];
  let top = size.margin;
  for (const panel of panels) {
    parts.push(drawPanel(panel, top));
    top += panelHeight(panel.timeline) + size.gap;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" role="img" font-family="sans-serif" font-size="${fontSize}">`,
    "<title>Clients, staging labels and copies over rotations</title>",
    `<rect width="${width}" height="${top}" fill="#ffffff"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

interface Row {
  readonly name: string;
  readonly stretches: readonly Stretch[];
  readonly colour: (generation: number) => string;
  readonly words: (stretch: Stretch) => string;
}

function rowsOf({ lives, labels, copies }: Timeline): readonly Row[] {
  const clientColour = (generation: number): string =>
    slotOwning(generation) === "a" ? colours.even : colours.odd;
  const client = ({ generation, client: made }: Stretch): string =>
    made === generation ? `client of generation ${made}` : `same client, secret ${generation}`;
  const version = ({ generation }: Stretch): string => `names generation ${generation}`;
  return [
    { name: "slot a", stretches: lives.a, colour: clientColour, words: client },
    { name: "slot b", stretches: lives.b, colour: clientColour, words: client },
    { name: "AWSCURRENT", stretches: labels.AWSCURRENT, colour: () => colours.label, words: version },
    { name: "AWSPREVIOUS", stretches: labels.AWSPREVIOUS, colour: () => colours.label, words: version },
    ...copies.filter(isFirst).map((copy) => ({
      name: `copy of generation ${copy.generation}`,
      stretches: [copy],
      colour: () => colours.copy,
      words: () => "can sign in",
    })),
  ].filter(({ stretches }) => stretches.length > 0);
}

/** Whether the copy is not one of a secret that came back. */
function isFirst(copy: Stretch, index: number, copies: readonly Stretch[]): boolean {
  return (
    copies.findIndex(({ generation, client }) => generation === copy.generation && client === copy.client) ===
    index
  );
}

function panelHeight(timeline: Timeline): number {
  return size.head + rowsOf(timeline).length * size.row;
}

function drawPanel({ title, words, timeline }: (typeof panels)[number], top: number): string {
  const rows = rowsOf(timeline);
  const bottom = top + panelHeight(timeline);
  const bodyTop = top + size.head;
  const updates = timeline.generations.map((generation, period) => {
    const x = size.left + period * size.period;
    const line = `<line x1="${x}" y1="${bodyTop - size.bar}" x2="${x}" y2="${bottom}" stroke="${colours.line}"/>`;
    return `${line}\n${text(x + corner, bodyTop - corner, `up: generation ${generation}`, colours.text, smallFontSize)}`;
  });
  return [
    text(size.margin, top + textDrop, title, colours.text, fontSize, true),
    text(size.margin, top + textDrop + size.bar, words, colours.label, smallFontSize),
    ...updates,
    ...rows.map((row, index) => drawRow(row, bodyTop + index * size.row)),
  ].join("\n");
}

function drawRow(row: Row, top: number): string {
  const y = top + (size.row - size.bar) / 2;
  const bars = row.stretches.map((stretch) => {
    const x = size.left + stretch.from * size.period + 1;
    const length = (stretch.to - stretch.from) * size.period - 2;
    const bar = `<rect x="${x}" y="${y}" width="${length}" height="${size.bar}" rx="${corner}" fill="${row.colour(stretch.generation)}"/>`;
    return `${bar}\n${text(x + 2 * corner, y + textDrop, row.words(stretch), "#ffffff", smallFontSize)}`;
  });
  return [text(size.margin, y + textDrop, row.name, colours.text, fontSize), ...bars].join("\n");
}

function text(x: number, y: number, words: string, colour: string, pixels: number, isBold = false): string {
  return `<text x="${x}" y="${y}" fill="${colour}" font-size="${pixels}"${isBold ? ' font-weight="bold"' : ""}>${words}</text>`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, "timeline.svg"), drawTimeline());
}
