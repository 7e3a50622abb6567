import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";

test("a user without a mouse searches, runs commands and goes from page to page", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /live updates/ })).toHaveAttribute(
    "data-live-state",
    "connected",
  );

  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("compare");
  const { violations } = await new AxeBuilder({ page }).include("[role=dialog]").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/compare/);
  await expect(palette).toBeHidden();

  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/providers/);
  await expect(page.getByRole("heading", { level: 1, name: "Providers" })).toBeVisible();

  await page.keyboard.press(".");
  const live = page.getByRole("button", { name: /live updates/ });
  await expect(live).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press(".");
  await expect(live).toHaveAttribute("aria-pressed", "false");

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await expect(help).toContainText("Go to Launch");
  await help.getByRole("checkbox").click();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await expect(palette).toBeVisible();
  await expect(help).toBeHidden();
});
