"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BookMarked, Trash2 } from "lucide-react";
import { useState } from "react";
import * as z from "zod/mini";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { showToast } from "#components/layout/show-toast.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { ProviderName } from "#components/provider-name.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Time } from "#components/ui/time.tsx";
import { recipeSummarySchema, type RecipeSummary } from "#lib/domain/recipe.ts";
import { deleteLaunchRecipe } from "#lib/providers/actions.ts";

const recipesSchema = z.array(recipeSummarySchema);

/** Every saved recipe, to fill the form with or to delete. */
export function RecipesDialog({ onOpenChange }: { onOpenChange: (isOpen: boolean) => void }) {
  const query = useQuery({
    queryKey: queryKeys.recipes(),
    queryFn: ({ signal }) => fetchJson("/api/recipes", recipesSchema, signal),
  });
  const [doomed, setDoomed] = useState<RecipeSummary | null>(null);
  const remove = useDeleteRecipe(() => setDoomed(null));
  return (
    <Dialog
      isOpen
      onOpenChange={onOpenChange}
      title="Recipes"
      description="Lanes and prompts under a name, to launch again."
    >
      {query.isError && <ReadFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <p className="py-6 text-center text-muted">Reading the recipes…</p>}
      {query.data?.length === 0 && (
        <EmptyState icon={<BookMarked aria-hidden />} title="No recipe yet" isSmall>
          Fill in lanes and prompts, then press Save as recipe beside the name.
        </EmptyState>
      )}
      <ul className="divide-y divide-line">
        {query.data?.map((recipe) => (
          <RecipeRow
            key={recipe.id}
            recipe={recipe}
            onUse={() => onOpenChange(false)}
            onDelete={() => setDoomed(recipe)}
          />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={doomed !== null}
        onOpenChange={() => setDoomed(null)}
        title={`Delete the recipe “${doomed?.name ?? ""}”?`}
        confirmLabel="Delete the recipe"
        dismissLabel="Keep it"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      >
        Job sets that were launched from it stay as they are.
      </ConfirmDialog>
    </Dialog>
  );
}

function useDeleteRecipe(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (recipeId: string) => {
      const result = await deleteLaunchRecipe({ recipeId });
      if (!result.ok) throw new Error(result.message);
    },
    onSuccess: () => void showToast("success", "Recipe deleted"),
    onError: (error) => void showToast("error", error.message),
    onSettled: () => {
      onDone();
      return queryClient.invalidateQueries({ queryKey: queryKeys.recipes() });
    },
  });
}

type RecipeRowProps = { recipe: RecipeSummary; onUse: () => void; onDelete: () => void };

function RecipeRow({ recipe, onUse, onDelete }: RecipeRowProps) {
  const prompts =
    recipe.promptSource === "builtIn" ? "built-in prompts" : formatQuantity(recipe.promptCount, "own prompt");
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="truncate font-medium" title={recipe.name}>
          {recipe.name}
        </p>
        <p className="flex flex-wrap gap-x-3 text-small text-muted">
          {recipe.providers.map((provider) => (
            <ProviderName key={provider} provider={provider} />
          ))}
          <span>
            {formatQuantity(recipe.jobCount, "job")}, {formatNumber(recipe.requestCount)} requests, {prompts}
          </span>
          <span>
            saved <Time value={recipe.savedAt} show="relative" />
          </span>
        </p>
      </div>
      <div className="flex items-center gap-1">
        <LinkButton href={`/launch?recipe=${recipe.id}`} size="small" onClick={onUse}>
          Use
        </LinkButton>
        <Button
          variant="ghost"
          size="small"
          isIcon
          aria-label={`Delete the recipe ${recipe.name}`}
          onClick={onDelete}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
    </li>
  );
}
