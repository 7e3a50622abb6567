// @ts-check
import "./bootstrap/check-node-version.mjs";
import { ensureInstalled } from "./bootstrap/ensure-installed.mjs";
import { ensureNode } from "./bootstrap/ensure-node.mjs";
import { describeFirstLoads, guardFirstLoads, measureFirstLoads } from "./bootstrap/first-load.mjs";
import { BootstrapError, childEnvironment, inProject, runMain, say } from "./bootstrap/project.mjs";
import { runStep } from "./bootstrap/run-step.mjs";

/** Each step is its npm script; the build comes last and is at hand already, because the end-to-end tests need it. */
const STEPS = ["format:check", "lint", "typecheck", "test", "build"];

await runMain(async () => {
  await ensureInstalled();
  const node = await ensureNode();
  for (const step of STEPS) {
    const startedAtMs = performance.now();
    const { exitCode } = await runStep({
      label: `running ${step}`,
      command: node,
      args: ["--run", step],
      env: childEnvironment(),
      cwd: inProject(),
    });
    if (exitCode !== 0) throw new BootstrapError(`\`npm run ${step}\` failed; its message stands above.`);
    say(`${step}: in order (${((performance.now() - startedAtMs) / 1000).toFixed(1)} s)`);
  }
  const firstLoads = measureFirstLoads();
  say(describeFirstLoads(firstLoads));
  guardFirstLoads(firstLoads);
  return 0;
});
