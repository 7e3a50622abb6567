import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { Checkbox } from "#components/ui/checkbox.tsx";

it("has its name in what the server draws, before any script has run", () => {
  const html = renderToString(<Checkbox isChecked={false} onCheckedChange={() => {}} label="Paired waves" />);
  const labelId = /aria-labelledby="([^"]+)"/.exec(html)?.[1];
  expect(labelId).toBeTruthy();
  expect(html).toContain(`<span id="${labelId}" class="min-w-0">Paired waves</span>`);
});
