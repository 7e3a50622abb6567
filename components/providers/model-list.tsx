"use client";

import { CircleMinus } from "lucide-react";
import { useState } from "react";
import { ScrollRegion } from "#components/charts/scroll-region.tsx";
import type { ModelInfo } from "#lib/domain/model.ts";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { formatDay, formatQuantity } from "../format.ts";
import { orderModels } from "../launch/model-advice.ts";
import { useModels } from "../launch/use-models.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { CopyId } from "../ui/copy-id.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { Unknown } from "../ui/unknown.tsx";

const pageSize = 25;

/** What one account can use, retired models last and marked, with a search. */
export function ModelList({ provider }: { provider: ProviderId }) {
  const models = useModels(provider, true);
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(1);
  if (models.isPending) return <Skeleton className="m-4 h-24" />;
  if (models.isError) {
    return (
      <Notice
        kind="error"
        title={`The models of ${providerLabels[provider]} could not be read`}
        className="m-4"
        actions={
          <Button size="small" isPending={models.isFetching} onClick={() => void models.refetch()}>
            Try again
          </Button>
        }
      >
        {models.error.message}
      </Notice>
    );
  }
  const found = matchingModels(models.data, search);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2">
        <Input
          type="search"
          aria-label={`Search the models of ${providerLabels[provider]}`}
          placeholder="Search models"
          className="max-w-64"
          value={search}
          onValueChange={(value) => {
            setSearch(value);
            setPage(1);
          }}
        />
        <p role="status" className="text-small text-muted">
          {describeModels(models.data)}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState
          title={models.data.length === 0 ? "The account lists no models" : "No model has this name"}
        />
      ) : (
        <ModelTable provider={provider} models={found.slice((page - 1) * pageSize, page * pageSize)} />
      )}
      <Pagination page={page} pageSize={pageSize} total={found.length} noun="model" onPage={setPage} />
    </>
  );
}

/** Those whose id or name holds the text, in any case; retired ones and those without batches last. */
export function matchingModels(models: readonly ModelInfo[], search: string): ModelInfo[] {
  const wanted = search.trim().toLowerCase();
  return orderModels(models).filter(({ id, displayName }) =>
    `${id} ${displayName ?? ""}`.toLowerCase().includes(wanted),
  );
}

export function describeModels(models: readonly ModelInfo[]): string {
  const retiredCount = models.filter((model) => model.isRetired).length;
  const all = formatQuantity(models.length, "model");
  return retiredCount === 0 ? all : `${all}, ${retiredCount} of them retired`;
}

function ModelTable({ provider, models }: { provider: ProviderId; models: readonly ModelInfo[] }) {
  return (
    <ScrollRegion label={`Models of ${providerLabels[provider]}`} className="border-t border-line">
      <Table aria-label={`Models of ${providerLabels[provider]}`}>
        <TableHead>
          <tr>
            <TableHeader>Model</TableHeader>
            <TableHeader>Name</TableHeader>
            <TableHeader>In batches</TableHeader>
            <TableHeader>Retires</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {models.map((model) => (
            <TableRow key={model.id}>
              <TableCell className="whitespace-nowrap">
                <CopyId id={model.id} label="model" length={48} />
              </TableCell>
              <TableCell className="whitespace-nowrap">{model.displayName ?? <Unknown />}</TableCell>
              <TableCell>
                {model.supportsBatch === null ? (
                  <Unknown title={`${providerLabels[provider]} does not say`} />
                ) : model.supportsBatch ? (
                  "yes"
                ) : (
                  "no"
                )}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Retirement model={model} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}

function Retirement({ model: { isRetired, retiresOn } }: { model: ModelInfo }) {
  if (isRetired) {
    return (
      <Badge tone="warning" icon={<CircleMinus aria-hidden />}>
        {retiresOn ? `retired ${formatDay(retiresOn)}` : "retired"}
      </Badge>
    );
  }
  return retiresOn ? formatDay(retiresOn) : <Unknown title="The provider names no day" />;
}
