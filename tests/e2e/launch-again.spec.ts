import { expect, test } from "./fixtures.ts";

test("a user fills a template from a file, saves a recipe, and launches it again later", async ({
  page,
  launchPage,
}) => {
  await launchPage.open();
  await page.getByRole("button", { name: "Remove lane 3" }).click();
  await page.getByRole("button", { name: "Remove lane 2" }).click();
  await launchPage.fillLane(1, { jobs: "1", requests: "2" });
  await launchPage.uploadPrompts({
    name: "words.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("word,language\nrain,Danish\nsnow,Finnish\n"),
  });
  await page.getByLabel("Template, optional").fill("Translate {word} into ");
  await page.getByRole("button", { name: "Add {language} to the template" }).click();
  await expect(page.getByText("Translate snow into Finnish")).toBeVisible();

  await page.getByRole("button", { name: "Save as recipe" }).click();
  const saving = page.getByRole("dialog", { name: "Save as recipe" });
  await saving.getByRole("button", { name: "Save", exact: true }).click();
  await expect(saving.getByText("Give the recipe a name.")).toBeVisible();
  await saving.getByLabel("Name of the recipe").fill("Two words");
  await saving.getByRole("button", { name: "Save", exact: true }).click();
  await expect(saving).toBeHidden();
  await launchPage.launch();

  await page.getByRole("link", { name: "Launch again" }).click();
  await expect(page.getByText(/Filled from the job set/)).toBeVisible();
  await expect(launchPage.lane(1).getByLabel("Requests per job")).toHaveValue("2");
  await expect(page.getByText("Translate rain into Danish")).toBeVisible();
  await expect(page).toHaveURL(/\/launch$/);

  await launchPage.fillLane(1, { requests: "7" });
  await page.getByRole("button", { name: "Recipes" }).click();
  await page.getByRole("link", { name: "Use" }).click();
  await expect(page.getByText("Filled from the recipe “Two words”")).toBeVisible();
  await expect(launchPage.lane(1).getByLabel("Requests per job")).toHaveValue("2");
  await page.getByRole("button", { name: "Bring back what I typed" }).click();
  await expect(launchPage.lane(1).getByLabel("Requests per job")).toHaveValue("7");

  await page.getByRole("button", { name: "Recipes" }).click();
  await page.getByRole("button", { name: "Delete the recipe Two words" }).click();
  await page.getByRole("button", { name: "Delete the recipe", exact: true }).click();
  await expect(page.getByText("No recipe yet")).toBeVisible();
});
