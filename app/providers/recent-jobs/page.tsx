import type { Metadata } from "next";
import { getContext } from "#lib/server-context.ts";
import { RecentJobsScreen } from "./recent-jobs-screen.tsx";

export const metadata: Metadata = { title: "Recent jobs of the account" };

export default async function RecentJobsPage() {
  const { providers, config } = await getContext();
  return <RecentJobsScreen providers={providers.configured()} isSimulated={config.usesEmbeddedSandbox} />;
}
