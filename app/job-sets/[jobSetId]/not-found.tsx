import { Layers } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export default function JobSetNotFound() {
  return (
    <>
      <h1 className="sr-only">Job set not found</h1>
      <EmptyState
        icon={<Layers aria-hidden />}
        title="There is no job set with this id"
        action={<LinkButton href="/job-sets">All job sets</LinkButton>}
      >
        Check the address, or look it up in the list of job sets.
      </EmptyState>
    </>
  );
}
