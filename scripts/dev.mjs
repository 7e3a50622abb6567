// @ts-check
import "./bootstrap/check-node-version.mjs";
import { ensureInstalled } from "./bootstrap/ensure-installed.mjs";
import { ensureNode } from "./bootstrap/ensure-node.mjs";
import { chooseListenAddress } from "./bootstrap/listen-address.mjs";
import { runMain } from "./bootstrap/project.mjs";
import { serve } from "./bootstrap/serve.mjs";

await runMain(async () => {
  const address = await chooseListenAddress("npm run dev");
  await ensureInstalled();
  return serve({ node: await ensureNode(), mode: "dev", address });
});
