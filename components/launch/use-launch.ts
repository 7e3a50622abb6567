import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { FieldProblem } from "#lib/domain/errors.ts";
import type { LaunchInput } from "#lib/domain/job-set.ts";
import { launchJobSet } from "#lib/providers/actions.ts";
import { pageFieldOf } from "./launch-input.ts";

type Answer = { message: string; problems: FieldProblem[] };

/** Launches, then goes to the new job set. After a refusal everything typed stays, with the problems at their fields. */
export function useLaunch(onLaunched: () => void) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [refusal, setRefusal] = useState<Answer | null>(null);

  const start = (input: LaunchInput) =>
    startTransition(async () => {
      setRefusal(null);
      const answer = await callLaunch(input);
      if (typeof answer === "string") {
        onLaunched();
        router.push(`/job-sets/${answer}`);
        return;
      }
      setRefusal(answer);
    });

  const problems = refusal?.problems ?? [];
  return {
    start,
    isPending,
    problems,
    failure: refusal && problems.length === 0 ? refusal.message : null,
    forgetAnswer: () => setRefusal(null),
  };
}

/** The id of the new job set, or why there is none. */
async function callLaunch(input: LaunchInput): Promise<string | Answer> {
  try {
    const result = await launchJobSet(input);
    if (result.ok) return result.value.jobSetId;
    const problems = result.problems.map(({ field, message }) => ({ field: pageFieldOf(field), message }));
    return { message: result.message, problems };
  } catch {
    return {
      message:
        "No answer came from Batchmark. Look at Job sets before you launch again: the set may have been created. Everything typed is still here.",
      problems: [],
    };
  }
}
