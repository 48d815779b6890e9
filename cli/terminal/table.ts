// Rows with aligned columns, as a terminal shows them (pure).

/** Between two columns. */
const gap = "  ";
/** What picocolors puts around a text. */
const colourCodes = /\u001b\[\d+(?:;\d+)*m/g;
/** Marks that stand over or within the character before them. */
const withoutWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** What takes the room of two letters. */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;

/** One line for each row, without blanks at the end. Cells may be coloured. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - widthOf(cell)))
        .join(gap)
        .trimEnd(),
    )
    .join("\n");
}

/** Letters of a terminal's line that the text takes. */
function widthOf(text: string): number {
  const characters = Array.from(text.replace(colourCodes, "")).filter((one) => !withoutWidth.test(one));
  return characters.length + characters.filter((one) => wide.test(one)).length;
}
