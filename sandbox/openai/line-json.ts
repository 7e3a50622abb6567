/** JSON on one line as OpenAI's result files have it: a space after `,` and `:`, everything beyond ASCII escaped. */
export function lineJson(value: unknown): string {
  // Texts hold no raw line break, so every line break of the indented form stands between two tokens.
  return JSON.stringify(value, null, 1)
    .replaceAll(/,\n */g, ", ")
    .replaceAll(/\n */g, "")
    .replaceAll(/[^\x20-\x7e]/g, escaped);
}

function escaped(character: string): string {
  return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
