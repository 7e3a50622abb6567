export type DashboardClient = { url: string };
export function createDashboardClient(url: string): DashboardClient {
  return { url };
}
