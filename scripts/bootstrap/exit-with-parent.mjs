// @ts-check
// Preloaded into a server that we start: when the starter is gone, even killed hard, its end of the channel closes and
// the server ends in order instead of staying behind with the port and the database.
if (process.channel) {
  process.channel.unref();
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
}
