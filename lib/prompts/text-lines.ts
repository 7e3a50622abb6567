/** One line of a text without its line break; numbers count from 1. */
export type TextLine = { line: number; content: string };

/** Yields the lines of a text one by one; a line ends with LF, CRLF or CR. */
export function* textLines(text: string): Generator<TextLine> {
  const lineBreak = /\r\n|\n|\r/g;
  let start = 0;
  for (let line = 1; ; line += 1) {
    const found = lineBreak.exec(text);
    if (found === null) {
      if (start < text.length) yield { line, content: text.slice(start) };
      return;
    }
    yield { line, content: text.slice(start, found.index) };
    start = lineBreak.lastIndex;
  }
}
