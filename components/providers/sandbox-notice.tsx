import type { ReactNode } from "react";
import { Notice } from "#components/ui/notice.tsx";

export type SandboxScenarioName = "instant" | "demo" | "realistic" | "chaos";

type SandboxNoticeProps = {
  usesSandbox: boolean;
  scenario: SandboxScenarioName;
  keyCount: number;
};

/** What the made-up providers do in each scenario; the figures are those of `sandbox/README.md`. */
export const scenarioWords: Record<SandboxScenarioName, string> = {
  instant: "Jobs end after 0.3 to 2 s and requests fail only when their prompt asks for it.",
  demo: "Jobs take 15 s to 4 min, differently for each provider; about 2 in 100 fail, get stuck or take far longer, and 3 in 100 requests fail. Each account starts with two weeks of history.",
  realistic:
    "Jobs take minutes, some of them hours, and longer in busy hours; 6 in 1,000 requests fail. Each account starts with two weeks of history.",
  chaos:
    "Jobs end after 0.3 to 2 s, 1 in 30 requests fails, and the providers misbehave at times: limits, lost answers, outages, broken lines.",
};

/** Whether providers are simulated, what the simulation does, and how both are changed. */
export function SandboxNotice({ usesSandbox, scenario, keyCount }: SandboxNoticeProps) {
  if (usesSandbox) {
    return (
      <Notice title={`The sandbox is on, scenario “${scenario}”`}>
        <p>
          {keyCount === 0
            ? "Providers are simulated because no key is set. Nothing is sent anywhere and no money is spent."
            : "Providers are simulated because BATCHMARK_SANDBOX is 1, although keys are set. No money is spent."}
        </p>
        <p>{scenarioWords[scenario]}</p>
        <p>
          For another scenario write <Code>BATCHMARK_SANDBOX_SCENARIO=</Code> with {otherScenarios(scenario)}{" "}
          into <Code>.env</Code> and start Batchmark again.
          {keyCount > 0 && (
            <>
              {" "}
              To use the real providers, remove <Code>BATCHMARK_SANDBOX=1</Code>.
            </>
          )}
        </p>
      </Notice>
    );
  }
  if (keyCount === 0) {
    return (
      <Notice kind="warning" title="The sandbox is off and no key is set">
        Nothing can be launched. Set a key as described below, or remove BATCHMARK_SANDBOX=0.
      </Notice>
    );
  }
  return (
    <Notice title="The sandbox is off">
      Jobs go to the real providers, who charge for them. To try things out without money, write{" "}
      <Code>BATCHMARK_SANDBOX=1</Code> into <Code>.env</Code> and start Batchmark again.
    </Notice>
  );
}

function otherScenarios(scenario: SandboxScenarioName): string {
  const others = Object.keys(scenarioWords).filter((name) => name !== scenario);
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(others);
}

function Code({ children }: { children: ReactNode }) {
  return <code className="font-mono text-small">{children}</code>;
}
