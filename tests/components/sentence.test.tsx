import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ServerNowContext } from "#components/layout/use-now.ts";
import { Sentence, sentenceText } from "#components/sentence.tsx";

const now = new Date("2026-11-22T12:10:00Z");
const parts = ["Last checked ", new Date("2026-11-22T12:07:00Z"), "."];

it("writes a moment of a sentence as its age, with the exact time on hover", () => {
  const markup = renderToStaticMarkup(
    <ServerNowContext value={now.getTime()}>
      <Sentence parts={parts} />
    </ServerNowContext>,
  );
  expect(markup.replace(/<[^>]*>/g, "")).toBe("Last checked 3 min ago.");
  expect(markup).toContain('title="22 Nov 2026, 12:07:00 UTC"');
  expect(sentenceText(parts, now)).toBe("Last checked 3 min ago.");
});
