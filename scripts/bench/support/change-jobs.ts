// Loaded into the server under measurement: changes jobs as an engine would, so many a second as it is told.
import type { AppContext } from "#lib/context.ts";

type Server = { context: AppContext };

const beatMs = 10;
let timer: NodeJS.Timeout | null = null;

process.on("message", (message) => {
  if (typeof message !== "object" || message === null || !("perSecond" in message)) return;
  if (timer !== null) clearInterval(timer);
  timer = null;
  const perSecond = Number(message.perSecond);
  if (perSecond > 0) timer = startChanging(perSecond);
});

function startChanging(perSecond: number): NodeJS.Timeout {
  let owed = 0;
  let isBusy = false;
  let count = 0;
  return setInterval(() => {
    owed += (perSecond * beatMs) / 1000;
    if (isBusy || owed < 1) return;
    const changes = Math.floor(owed);
    owed -= changes;
    isBusy = true;
    changeJobs(count, changes)
      .catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
      .finally(() => (isBusy = false));
    count += changes;
  }, beatMs);
}

/** One statement and one event a change, as `recordProviderJob` writes them; the newest running jobs take turns. */
async function changeJobs(from: number, changes: number): Promise<void> {
  const { batchmarkServer } = globalThis as typeof globalThis & { batchmarkServer?: Promise<Server> };
  const server = await batchmarkServer;
  if (server?.context.database.driver.kind !== "pglite") return;
  const { pglite } = server.context.database.driver;
  for (let at = from; at < from + changes; at += 1) {
    const { rows } = await pglite.query<{ id: string }>(
      `update jobs set count_succeeded = (count_succeeded + 1) % 100, last_checked_at = now()
       where id = (select id from jobs where user_status = 'IN_PROGRESS'
         order by launched_at desc, launch_order desc, id desc limit 1 offset $1) returning id`,
      [at % 40],
    );
    const event = { type: "jobs.changed", jobIds: rows.map(({ id }) => id), jobSetIds: [] };
    await pglite.query("select pg_notify('batchmark_live', $1)", [JSON.stringify(event)]);
  }
}
