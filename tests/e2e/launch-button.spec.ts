import type { LaunchPage } from "./pages/launch-page.ts";
import { expect, test } from "./fixtures.ts";

const windows = [
  { name: "a wide screen", width: 1440, height: 900 },
  { name: "a small screen", width: 1024, height: 768 },
  { name: "a phone", width: 390, height: 844 },
];

for (const { name, width, height } of windows) {
  test(`the launch button of ${name} stays where it is when the models' warnings arrive late`, async ({
    page,
    launchPage,
  }) => {
    await page.setViewportSize({ width, height });
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    // The models are asked for by server actions: calls of the page's own address.
    await page.route("**/launch", async (route) => {
      if (route.request().method() === "POST") await released;
      await route.continue();
    });
    await launchPage.open();
    await expect(launchPage.lane(3)).toContainText("Reading the account's models…");
    await expect(launchPage.launchButton()).toBeEnabled();
    const before = await boxOf(launchPage);
    release();
    await expect(launchPage.lane(3)).toContainText("Retired since");
    expect(await boxOf(launchPage)).toEqual(before);
  });
}

test("on a phone the summary leaves the page its room, and its button leads to the problems", async ({
  page,
  launchPage,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await launchPage.open();
  await expect(launchPage.lane(3)).toContainText("Retired since");
  await launchPage.fillLane(1, { jobs: "abc" });
  await launchPage.fillLane(2, { requests: "" });
  await expect(launchPage.launchButton()).toHaveText("Fix 2 problems to launch");
  const box = await launchPage.summary().boundingBox();
  expect(box?.height).toBeLessThan(844 / 6);
  await launchPage.launchButton().click();
  await expect(launchPage.lane(1).getByLabel("Jobs", { exact: true })).toBeFocused();
  await expect(launchPage.lane(1)).toContainText("Enter the number of jobs as a whole number.");
});

async function boxOf(launchPage: LaunchPage) {
  return launchPage.launchButton().boundingBox();
}
