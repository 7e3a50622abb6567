import { Compass } from "lucide-react";
import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={<Compass aria-hidden />}
        title="There is no such page"
        action={
          <>
            <LinkButton href="/jobs">All jobs</LinkButton>
            <LinkButton href="/" variant="primary">
              Overview
            </LinkButton>
          </>
        }
      >
        The address may be mistyped, or what it names was never here.
      </EmptyState>
    </>
  );
}
