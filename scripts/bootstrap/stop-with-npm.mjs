// @ts-check
const LOOK_MS = 300;

/**
 * Ends this process in order when the npm that runs it is gone: a signal sent to npm alone reaches only the shell that
 * it put in between. Started without npm, a process may well outlive its starter, so nothing is watched then.
 */
export function stopWithNpm() {
  if (!process.env["npm_lifecycle_event"] || process.platform === "win32") return;
  const starter = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, LOOK_MS);
  watch.unref();
}
