import { expect, test } from "./fixtures.ts";

declare global {
  interface Window {
    /** Lets everything that writes a moment fail. */
    breaksMoments?: boolean;
  }
}

test("a defect takes one panel away, the rest of the page lives, and it can be tried again", async ({
  page,
  launchPage,
  jobSetPage,
  complaints,
}) => {
  await page.addInitScript(() => {
    const { getUTCMonth } = Date.prototype;
    // oxlint-disable-next-line no-extend-native -- a defect is made on purpose, in the browser of this test alone
    Date.prototype.getUTCMonth = function read() {
      if (window.breaksMoments) throw new Error("This moment cannot be written.");
      return getUTCMonth.call(this);
    };
  });
  await launchPage.open();
  await launchPage.launch();
  await jobSetPage.waitUntilEnded();

  await page.goto("/");
  const sets = page.getByRole("region", { name: "Latest job sets" });
  await expect(sets.getByRole("table")).toBeVisible();
  await page.evaluate(() => (window.breaksMoments = true));
  await page
    .getByRole("button", { name: /^Time zone/ })
    .first()
    .click();
  await expect(sets.getByRole("alert")).toContainText("Something is wrong with “Latest job sets”");
  // The panel has a frame: a second one around its notice would lie directly on it.
  await expect(sets.getByRole("alert")).toHaveCSS("border-top-width", "0px");
  await expect(sets.getByRole("alert")).toContainText("This moment cannot be written.");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: "Providers", exact: true })).toBeVisible();

  await page.evaluate(() => (window.breaksMoments = false));
  await sets.getByRole("button", { name: "Try again" }).click();
  await expect(sets.getByRole("table")).toBeVisible();
  // The browser's console tells of the defect.
  expect(complaints.splice(0).join(" ")).toContain("This moment cannot be written.");
});
