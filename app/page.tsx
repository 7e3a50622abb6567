import { getOverview } from "#lib/db/queries/get-overview.ts";
import { getContext } from "#lib/server-context.ts";
import { OverviewScreen } from "./overview-screen.tsx";

export default async function OverviewPage() {
  const { db, clock } = await getContext();
  return <OverviewScreen initial={await getOverview(db, clock.now())} />;
}
