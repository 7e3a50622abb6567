// @ts-check
import "./bootstrap/check-node-version.mjs";
import { ensureBuilt } from "./bootstrap/ensure-built.mjs";
import { ensureInstalled } from "./bootstrap/ensure-installed.mjs";
import { ensureNode } from "./bootstrap/ensure-node.mjs";
import { chooseListenAddress } from "./bootstrap/listen-address.mjs";
import { runMain } from "./bootstrap/project.mjs";
import { serve } from "./bootstrap/serve.mjs";

await runMain(async () => {
  // Looked at first, so that a taken port is reported before the minutes of an installation.
  const address = await chooseListenAddress("npm start");
  await ensureInstalled();
  const node = await ensureNode();
  await ensureBuilt(node);
  return serve({ node, mode: "start", address });
});
