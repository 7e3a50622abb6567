import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ImportedFiles, importSentence } from "#components/reports/imported-files.tsx";
import type { ImportedFile } from "#components/reports/use-file-import.ts";

const nothing = { addedCount: 0, updatedCount: 0, unchangedCount: 0, badLineCount: 0, badLines: [] };

function textOf(outcome: ImportedFile["outcome"]): string {
  const html = renderToStaticMarkup(
    <ImportedFiles files={[{ id: 1, name: "reports.jsonl", sizeBytes: 1500, outcome }]} />,
  );
  return html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

it("says of each file what it brought", () => {
  expect(textOf(null)).toBe("Files reports.jsonl 1.5 kB Importing…");
  expect(textOf({ kind: "failed", message: "Too large." })).toContain("Too large.");
  expect(textOf({ kind: "reports", summary: { ...nothing, addedCount: 1 } })).toContain("1 job added.");
  const opened = { jobSetId: "set_1", name: "Evening", jobCount: 30 };
  expect(textOf({ kind: "archive", opened })).toContain("Evening with 30 jobs added.");
});

it("lists bad lines, those beyond the listed ones as a number", () => {
  const badLines = [{ lineNumber: 1234, reason: "<b>This</b> is not a JSON object." }];
  const text = textOf({ kind: "reports", summary: { ...nothing, badLineCount: 501, badLines } });
  expect(text).toContain("501 lines could not be read");
  expect(text).toContain("Line 1,234: &lt;b&gt;This&lt;/b&gt; is not a JSON object.");
  expect(text).toContain("and 500 more");
});

it("leaves out of the sentence what did not happen", () => {
  expect(importSentence({ ...nothing, addedCount: 1200, updatedCount: 3, unchangedCount: 40 })).toBe(
    "1,200 jobs added, 3 updated, 40 known already.",
  );
  expect(importSentence(nothing)).toBe("0 jobs added.");
});
