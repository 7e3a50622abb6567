import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

export default function JobNotFound() {
  return (
    <>
      <PageHeader title="No such job" />
      <EmptyState
        title="There is no job with this id"
        action={<LinkButton href="/jobs">See all jobs</LinkButton>}
      >
        The address may be mistyped, or it belongs to another Batchmark with its own database.
      </EmptyState>
    </>
  );
}
