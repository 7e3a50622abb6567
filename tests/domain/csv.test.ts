import { expect, it } from "vitest";
import { csvLine } from "#lib/domain/csv.ts";

it("quotes what would break a line, and leaves unknown values empty", () => {
  expect(csvLine(["plain", 'a "quoted", text', "two\nlines", null, 3, true])).toBe(
    'plain,"a ""quoted"", text","two\nlines",,3,true\r\n',
  );
});

it("writes moments as ISO 8601", () => {
  expect(csvLine([new Date("2026-11-22T12:00:00Z")])).toBe("2026-11-22T12:00:00.000Z\r\n");
});

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])("makes no formula of the text %j", (text) => {
  expect(csvLine([text]).replaceAll('"', "").startsWith("'")).toBe(true);
});

it("leaves negative numbers as they are", () => {
  expect(csvLine([-1.5])).toBe("-1.5\r\n");
});
