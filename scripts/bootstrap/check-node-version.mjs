// Imported before everything else, so it must run on very old Node versions: keep the syntax plain.
const wanted = [20, 9];
const found = process.versions.node.split(".").map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(
    "\nbatchmark: Node.js " +
      wanted.join(".") +
      " or newer is needed to start, but this is " +
      process.versions.node +
      ".\nInstall a current version from https://nodejs.org (or run `nvm install 24`), then run the command again.\n",
  );
  process.exit(1);
}
