import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import type { DashboardClient } from "./dashboard-client.ts";
export function createDashboardProvider(client: DashboardClient, provider: ProviderId): BatchProvider {
  throw new Error(client.url + provider);
}
