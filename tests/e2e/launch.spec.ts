import { expect, test } from "./fixtures.ts";

test("somebody compares two settings of one model, and launches the same again", async ({
  page,
  launchPage,
  complaints,
}) => {
  let jobSetId = "";
  await launchPage.open();
  for (const lane of [3, 2]) await page.getByRole("button", { name: `Remove lane ${lane}` }).click();
  await launchPage.fillLane(1, { jobs: "1", requests: "2" });

  await test.step("parameters are checked while they are typed", async () => {
    await launchPage.openParameters(1);
    await launchPage.parameter(1, "System prompt").fill("Answer briefly.");
    await launchPage.parameter(1, "Temperature").fill("0.2");
    await launchPage.parameter(1, "Other parameters, JSON").fill('{"model": "another"}');
    await launchPage.parameter(1, "Temperature").focus();
    await expect(launchPage.lane(1)).toContainText('Leave out "model": it is chosen in the lane.');
    await launchPage.parameter(1, "Other parameters, JSON").fill('{"seed": 7}');
    await expect(launchPage.lane(1)).not.toContainText("Leave out");
  });

  await test.step("a copy of the lane differs in one of them, and a reload loses nothing", async () => {
    await page.getByRole("button", { name: "Copy lane 1" }).click();
    await launchPage.openParameters(2);
    await launchPage.parameter(2, "Temperature").fill("3");
    await launchPage.launchButton().click();
    await expect(launchPage.parameter(2, "Temperature")).toBeFocused();
    await expect(launchPage.lane(2)).toContainText("Enter the temperature as a number from 0 to 2.");
    await launchPage.parameter(2, "Temperature").fill("1");
    await page.reload();
    await expect(launchPage.lane(2)).toContainText("system prompt of 15 characters, temperature 1, seed");
    await expect(launchPage.summary()).toContainText(/Jobs\s*2/);
    await expect(launchPage.summary()).toContainText(/Requests\s*4/);
  });

  await test.step("a launch whose answer is lost says so and keeps what was typed", async () => {
    await page.route("**/launch", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await launchPage.launchButton().click();
    await expect(launchPage.summary()).toContainText("No answer came from Batchmark.");
    await expect(launchPage.parameter(2, "Temperature")).toHaveValue("1");
    await page.unroute("**/launch");
    // The browser reports the call that was cut off.
    complaints.splice(0);
  });

  await test.step("the set shows them, and a launch from it has them again", async () => {
    jobSetId = await launchPage.launch();
    const lanes = page.getByRole("region", { name: "Lanes" });
    await expect(lanes).toContainText("With system prompt of 15 characters, temperature 0.2, seed");
    await lanes.getByText("temperature 1, seed").click();
    await expect(lanes.getByText("Answer briefly.").last()).toBeVisible();
    await page.getByRole("link", { name: "Launch again" }).click();
    await expect(page.getByText(/Filled from the job set/)).toBeVisible();
    await launchPage.openParameters(1);
    await expect(launchPage.parameter(1, "Temperature")).toHaveValue("0.2");
    await expect(launchPage.parameter(1, "Other parameters, JSON")).toHaveValue(/"seed": 7/);
    await page.getByRole("button", { name: "Start over" }).click();
  });

  await test.step("the comparison keeps the two settings apart", async () => {
    await page.goto(`/compare?set=${jobSetId}`);
    await page.getByRole("combobox", { name: "Group" }).selectOption({ label: "By model and settings" });
    for (const temperature of ["0.2", "1"]) {
      const name = `OpenAI, gpt-4o-mini, temperature ${temperature}, seed, system prompt “Answer briefly.”`;
      await expect(page.getByRole("rowheader", { name }).first()).toBeVisible();
    }
  });
});

test("somebody chooses a model of the account's list, and sees which ones are retired", async ({
  page,
  launchPage,
}) => {
  await launchPage.open();
  const anthropic = launchPage.lane(3);
  await expect(anthropic).toContainText(/Retired since .*: jobs with this model fail\./);
  await expect(launchPage.summary()).toContainText(/Lane 3: Retired since/);
  await anthropic.getByRole("combobox", { name: "Model" }).click();
  const retired = page.getByRole("option", { name: /claude-3-haiku-20240307/ });
  await expect(retired).toContainText(/retired/);
  await page.keyboard.press("Escape");
  await anthropic.getByRole("button", { name: /^Use claude/ }).click();
  await expect(anthropic).not.toContainText("Retired since");
  await anthropic.getByRole("combobox", { name: "Model" }).click();
  await retired.click();
  await expect(anthropic).toContainText("Retired since");
  await expect(launchPage.launchButton()).toBeEnabled();
  await expect(launchPage.summary()).not.toContainText("before launch");

  await launchPage.openParameters(3);
  await expect(launchPage.parameter(3, "System prompt")).toBeVisible();
  await expect(launchPage.parameter(3, "Temperature")).toHaveCount(0);
});

test("somebody drops a table of prompts, chooses its column, and finds a large file after a reload", async ({
  page,
  launchPage,
}) => {
  await launchPage.open();
  const prompts = page.getByRole("region", { name: "Prompts" });
  const table = "topic,question\ntides,What is a tide?\nmoons\nstars,What is a star?\n";
  await launchPage.dropPrompts({ name: "questions.csv", type: "text/csv", text: table });
  await expect(prompts).toContainText("2 prompts");
  await expect(prompts).toContainText("What is a tide?");
  await expect(prompts).toContainText("Line 3");
  await expect(prompts).toContainText('This row has no value in the column "question".');
  await launchPage.chooseColumn("topic");
  await expect(prompts).toContainText("3 prompts");
  await expect(prompts).not.toContainText("Line 3");

  const many = Array.from({ length: 30_000 }, (_, index) => `Tell me about the number ${index}, at length.`);
  await page.getByRole("button", { name: "Remove file" }).click();
  await launchPage.uploadPrompts({
    name: "many.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(many.join("\n").padEnd(1_600_000, " ")),
  });
  await expect(prompts).toContainText("30,000 prompts");
  await expect.poll(() => launchPage.hasKeptPrompts()).toBe(true);
  await page.reload();
  await expect(prompts).toContainText("30,000 prompts");
  await expect(prompts).toContainText("Tell me about the number 2, at length.");
});
