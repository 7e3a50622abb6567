import { ChartSpline, List, Rocket, type LucideIcon } from "lucide-react";
import { LinkButton } from "../ui/link-button.tsx";
import { Panel } from "../ui/panel.tsx";

const steps: readonly { icon: LucideIcon; title: string; text: string }[] = [
  {
    icon: Rocket,
    title: "1. Launch",
    text: "Choose providers and models, the number of jobs and requests, and prompts of yours or the built-in ones.",
  },
  {
    icon: List,
    title: "2. Watch",
    text: "Every job is followed live from its submission to its last result, even when this page is closed.",
  },
  {
    icon: ChartSpline,
    title: "3. Compare",
    text: "See how long each provider really takes, with the uncertainty and the unfinished jobs counted in.",
  },
];

/** What to do on a machine where nothing was launched yet. */
export function FirstSteps() {
  return (
    <Panel>
      <ol className="grid gap-6 sm:grid-cols-3">
        {steps.map(({ icon: Icon, title, text }) => (
          <li key={title}>
            <Icon aria-hidden className="mb-2 size-5 text-accent" />
            <h2 className="font-semibold">{title}</h2>
            <p className="mt-1 text-muted">{text}</p>
          </li>
        ))}
      </ol>
      <LinkButton href="/launch" variant="primary" className="mt-6">
        Launch the first job set
      </LinkButton>
    </Panel>
  );
}
