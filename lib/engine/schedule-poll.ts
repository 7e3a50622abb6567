import type { AppContext } from "#lib/context.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

export type PolledAccount = { provider: ProviderId; account: string };

/** One message a provider and account: whichever process takes it is the only one that polls them. */
export function pollMessage({ provider, account }: PolledAccount, delaySeconds: number) {
  return { data: { provider, account }, key: `${provider}:${account}`, delaySeconds };
}

/** Makes sure that the account is polled within a second. */
export function hastenPoll(context: AppContext, target: { id: ProviderId; account: string }): Promise<void> {
  return context.queue.hasten("poll", pollMessage({ provider: target.id, account: target.account }, 1));
}
