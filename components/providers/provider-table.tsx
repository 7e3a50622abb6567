import { CircleCheck, CircleMinus } from "lucide-react";
import { ProviderName } from "#components/provider-name.tsx";
import { ScrollRegion } from "#components/charts/scroll-region.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { providerKeyVariables, type ProviderId } from "#lib/domain/provider-id.ts";

export type ProviderState = {
  provider: ProviderId;
  isKeySet: boolean;
  /** Null while the provider's own address is used. */
  baseUrlHost: string | null;
  defaultModel: string;
};

/** Which key is set, never the key, and where calls go. */
export function ProviderTable({
  states,
  usesSandbox,
}: {
  states: readonly ProviderState[];
  usesSandbox: boolean;
}) {
  return (
    <Panel title="Keys and addresses" hasPadding={false}>
      <ScrollRegion label="Keys and addresses">
        <Table>
          <TableHead>
            <tr>
              <TableHeader>Provider</TableHeader>
              <TableHeader>Key</TableHeader>
              <TableHeader>Variable</TableHeader>
              <TableHeader>Calls go to</TableHeader>
              <TableHeader>Default model</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {states.map((state) => (
              <TableRow key={state.provider}>
                <TableCell>
                  <ProviderName provider={state.provider} />
                </TableCell>
                <TableCell>
                  <KeyState isKeySet={state.isKeySet} />
                </TableCell>
                <TableCell className="font-mono text-small">{providerKeyVariables[state.provider]}</TableCell>
                <TableCell className="whitespace-nowrap">
                  {usesSandbox ? (
                    "the sandbox"
                  ) : !state.isKeySet ? (
                    <span className="text-muted">nowhere, without a key</span>
                  ) : (
                    (state.baseUrlHost ?? "the provider’s own address")
                  )}
                </TableCell>
                <TableCell className="font-mono text-small">{state.defaultModel}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
    </Panel>
  );
}

function KeyState({ isKeySet }: { isKeySet: boolean }) {
  return isKeySet ? (
    <Badge tone="succeeded" icon={<CircleCheck aria-hidden />}>
      set
    </Badge>
  ) : (
    <Badge icon={<CircleMinus aria-hidden />}>not set</Badge>
  );
}
