import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { getContext } from "#lib/server-context.ts";
import { CompareScreen } from "./compare-screen.tsx";
import { comparisonFilterOf, loadComparisonSearchParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Compare" };

export default async function ComparePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filter = comparisonFilterOf(await loadComparisonSearchParams(searchParams));
  const comparison = await compareTurnaround(await getContext(), filter);
  return <CompareScreen initialFilter={filter} initialComparison={comparison} />;
}
