import { providerKeyVariables, providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import type { ErrorKind } from "#lib/domain/error-kind.ts";

type Rule = { when: RegExp; advice: (provider: ProviderId) => string };

/** For a whole job that failed; the first rule that fits holds. */
const jobRules: readonly Rule[] = [
  {
    when: /no key|not configured|not_configured/i,
    advice: (provider) => `Set ${providerKeyVariables[provider]}, start Batchmark again and launch again.`,
  },
  {
    when: /api[ _-]?key|authentication|unauthori[sz]ed|\b401\b/i,
    advice: (provider) => `Check ${providerKeyVariables[provider]}, start Batchmark again and launch again.`,
  },
  {
    when: /insufficient_quota|billing|credit/i,
    advice: (provider) =>
      `Check the balance of the account at ${providerLabels[provider]}, then launch again.`,
  },
  {
    when: /token_limit|rate.?limit|quota|resource.?exhausted|\b429\b/i,
    advice: () =>
      "The account is at its limit. Wait until other jobs have ended, or launch fewer requests at once.",
  },
  {
    when: /model/i,
    advice: () => "Choose a model that the account has: the launch page lists them and marks retired ones.",
  },
  {
    when: /could not reach|unreachable|network|timed?[ -]?out/i,
    advice: () => "Check the network and the base URL on the Providers page, then launch again.",
  },
];

/** For single requests of a job that ran. */
const requestRules: readonly Rule[] = [
  {
    when: /context.?length|too (many|long)|maximum.*tokens|string_above_max_length|prompt is too long/i,
    advice: () =>
      "The prompt is too long for the model. Shorten it, or choose a model with a larger context.",
  },
  {
    when: /safety|content.?(policy|filter)|moderation|blocked|harm/i,
    advice: () => "The provider's filter stopped it. Change the prompt; the same one will be stopped again.",
  },
  {
    when: /overloaded|server_error|internal|unavailable|\b5\d\d\b/i,
    advice: () =>
      "A failure on the provider's side. Launch these requests again; its support asks for the request id.",
  },
  ...jobRules,
  {
    when: /invalid|unsupported|bad.?request|\b400\b/i,
    advice: () => "The request has a value that the model does not take. Check the parameters of the lane.",
  },
];

/** Many messages end with what to do already; then nothing is added. */
const hasAdvice = /\b(Check|Set|Choose|Wait|Try) /;

function firstAdvice(rules: readonly Rule[], provider: ProviderId, text: string): string | null {
  return rules.find(({ when }) => when.test(text))?.advice(provider) ?? null;
}

/** What to do about a job that failed; empty when its message says so itself. */
export function adviseOnFailure(provider: ProviderId, text: string): string {
  if (hasAdvice.test(text)) return "";
  return firstAdvice(jobRules, provider, text) ?? "The provider's object below may say more.";
}

/** What to do about requests that came out badly in the same way. */
export function adviseOnErrorKind(
  provider: ProviderId,
  { outcome, code, message }: Pick<ErrorKind, "outcome" | "code" | "message">,
): string {
  if (outcome === null) {
    return "The lines are kept as they came: open one to see it, or download the raw file.";
  }
  if (outcome === "expired") {
    return "The provider's time was over before it reached them. Launch them again, in smaller jobs or at a quieter time.";
  }
  if (outcome === "cancelled")
    return "They were not answered when the job was cancelled. Launch them again if needed.";
  return (
    firstAdvice(requestRules, provider, `${code ?? ""} ${message ?? ""}`) ??
    "The raw line of one of them may say more."
  );
}
