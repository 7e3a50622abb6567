import type { ProviderJob } from "#lib/providers/provider.ts";
import type { CreationPlan } from "./actions/create-jobs.ts";
import type { DashboardClient } from "./dashboard-client.ts";
import type { Session } from "./session.ts";
export async function createJobsThroughDashboard(
  _session: Session,
  _client: DashboardClient,
  _plan: CreationPlan,
  _created: (job: ProviderJob) => void,
): Promise<void> {}
