import { expect, test } from "./fixtures.ts";

test("a page follows the system until a theme is chosen, which then holds in every tab and after a reload", async ({
  page,
}) => {
  const shown = (at: typeof page) => at.evaluate(() => document.documentElement.dataset["theme"]);
  const themeSwitch = page.getByRole("button", { name: /theme\. Switch to/ });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/storage");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(themeSwitch).toHaveAccessibleName(/^System theme/);
  await page.emulateMedia({ colorScheme: "light" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");

  const other = await page.context().newPage();
  await other.goto("/storage");
  await expect(other.getByRole("button", { name: /^System theme/ })).toBeVisible();

  await themeSwitch.click();
  await expect(themeSwitch).toHaveAccessibleName(/^Light theme/);
  await themeSwitch.click();
  await expect(themeSwitch).toHaveAccessibleName(/^Dark theme/);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");

  // The script at its top has chosen before any of the page's own scripts.
  await page.reload({ waitUntil: "commit" });
  await page.locator("main").waitFor({ state: "attached" });
  expect(await shown(page)).toBe("dark");
});

test("taking a page over does not touch the theme that it was drawn in", async ({ page }) => {
  await page.addInitScript(() => {
    const changes: string[] = [];
    Object.assign(window, { themeChanges: changes });
    const observer = new MutationObserver((records) => {
      for (const { type, addedNodes } of records) {
        if (type === "attributes") changes.push("theme");
        const added = [...addedNodes].filter((node) => node instanceof HTMLStyleElement);
        changes.push(...added.map(() => "style sheet"));
      }
    });
    observer.observe(document, { subtree: true, childList: true, attributeFilter: ["data-theme"] });
  });
  await page.goto("/storage");
  await page.locator('[data-live-state="connected"]').first().waitFor();
  // Once by the script at the top: a second time would make the browser style the whole page anew.
  // The property was set above.
  const changes = await page.evaluate(() => (window as unknown as { themeChanges: string[] }).themeChanges);
  expect(changes).toEqual(["theme"]);
});
