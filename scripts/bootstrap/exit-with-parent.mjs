// @ts-check
// Preloaded into a server that we start: when the starter is gone, even killed hard, its end of the channel closes and
// the server ends in order instead of staying behind with the port and the database. The server's own children inherit
// the preload but live by their own channel, so only the starter's child acts.
if (process.channel && process.env["BATCHMARK_STARTER_PID"] === String(process.ppid)) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
