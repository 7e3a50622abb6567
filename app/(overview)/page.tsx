import { Suspense } from "react";
import { serializeComparisonSearchParams } from "#app/compare/search-params.ts";
import { visitOfRequest } from "#app/visit-of-request.ts";
import { MedianFigure, MedianFigureSkeleton } from "#components/overview/median-figure.tsx";
import { TurnaroundPanel, TurnaroundSkeleton } from "#components/overview/turnaround-panel.tsx";
import { PanelBoundary } from "#components/ui/panel-boundary.tsx";
import type { RecentTurnaround } from "#lib/domain/recent-turnaround.ts";
import { readOverview } from "#lib/engine/read-overview.ts";
import { readRecentTurnaround } from "#lib/engine/read-recent-turnaround.ts";
import { getContext } from "#lib/server-context.ts";
import { OverviewScreen } from "./overview-screen.tsx";

export default async function OverviewPage() {
  const context = await getContext();
  const overview = await readOverview(context, await visitOfRequest(context.clock.now()));
  return (
    <OverviewScreen
      initial={overview}
      median={
        <Suspense fallback={<MedianFigureSkeleton />}>
          <Median />
        </Suspense>
      }
      turnaround={
        <PanelBoundary name="the turnaround of late">
          <Suspense fallback={<TurnaroundSkeleton />}>
            <Turnaround />
          </Suspense>
        </PanelBoundary>
      }
    />
  );
}

/** The curves are drawn here, on the server: no script for them goes to the browser. */
async function Turnaround() {
  const turnaround = await readRecentTurnaround(await getContext());
  return <TurnaroundPanel turnaround={turnaround} compareHref={compareHrefOf(turnaround)} />;
}

async function Median() {
  return <MedianFigure turnaround={await readRecentTurnaround(await getContext())} />;
}

function compareHrefOf({ isSimulated, curvesSince }: RecentTurnaround) {
  return (provider: RecentTurnaround["providers"][number]["provider"]) =>
    `/compare${serializeComparisonSearchParams({
      providers: [provider],
      launchedFrom: curvesSince,
      kind: isSimulated ? "simulated" : "real",
    })}`;
}
