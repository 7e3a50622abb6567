"use client";

import { FolderSearch } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { providerWords } from "./account-files-words.ts";

const AccountFiles = dynamic(
  () => import("./account-files.tsx").then((module) => module.AccountFilesOverview),
  { loading: () => <Skeleton className="m-4 h-24" /> },
);

/** The files that the accounts hold. Listing them takes calls to the providers, so it is done on a press only. */
export function AccountFilesPanel({ providers }: { providers: readonly ProviderId[] }) {
  const [isShown, setIsShown] = useState(false);
  if (providers.length === 0) return null;
  return (
    <Panel title="Files held at the providers" id="files" hasPadding={false}>
      {isShown ? (
        <AccountFiles providers={providers} />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4">
          <p className="max-w-prose text-muted">
            Uploaded requests and result files stay in the account until they expire. Listing them asks{" "}
            {providerWords(providers)} and changes nothing.
          </p>
          <Button onClick={() => setIsShown(true)}>
            <FolderSearch aria-hidden />
            List files
          </Button>
        </div>
      )}
    </Panel>
  );
}
