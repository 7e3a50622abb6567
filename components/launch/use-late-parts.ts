import { useEffect, useState } from "react";
import type * as launchRules from "./check-launch-input.ts";
import type * as draftStorage from "./draft-storage.ts";

/** What the form needs when somebody types, and not to be seen: the rules of a launch, and the kept draft. */
export type LateParts = {
  rules: typeof launchRules;
  storage: typeof draftStorage;
};

/** Loads them once the page is there. `hasFailed`: they did not arrive, and nothing can be launched without them. */
export function useLateParts(): { parts: LateParts | null; hasFailed: boolean } {
  const [parts, setParts] = useState<LateParts | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    Promise.all([import("./check-launch-input.ts"), import("./draft-storage.ts")]).then(
      ([rules, storage]) => setParts({ rules, storage }),
      () => setHasFailed(true),
    );
  }, []);
  return { parts, hasFailed };
}
