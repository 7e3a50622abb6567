"use server";

import { headers } from "next/headers";
import { z } from "zod";
import type { AppContext } from "#lib/context.ts";
import { listUnfinishedJobIds } from "#lib/db/queries/list-unfinished-job-ids.ts";
import { previewPrune } from "#lib/db/queries/prunable-jobs.ts";
import { toActionFailure, type ActionResult } from "#lib/domain/action-result.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ModelInfo } from "#lib/domain/model.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import {
  pruneInputSchema,
  type PruneInput,
  type PrunePreview,
  type PruneSummary,
} from "#lib/domain/prune.ts";
import { checkConnection } from "#lib/engine/check-connection.ts";
import { requestCancel } from "#lib/engine/cancel.ts";
import { deleteRecipe } from "#lib/engine/delete-recipe.ts";
import { launch } from "#lib/engine/launch.ts";
import { saveRecipe } from "#lib/engine/save-recipe.ts";
import { prune } from "#lib/engine/prune.ts";
import { guardRequest } from "#lib/guard-request.ts";
import { getContext } from "#lib/server-context.ts";

const jobSetIdSchema = z.object({ jobSetId: z.string().max(64) });
const recipeIdSchema = z.object({ recipeId: z.string().max(64) });
const providerSchema = z.object({ provider: z.enum(providerIds) });

export type CancelSummary = { requestedCount: number; skippedCount: number };

/** Writes and queues a job set; problems name the fields they belong to. */
export async function launchJobSet(input: unknown): Promise<ActionResult<{ jobSetId: string }>> {
  return act(input, z.unknown(), launch);
}

/** Saves what the launch form holds; `conflict` when another recipe has the name and may not be replaced. */
export async function saveLaunchRecipe(input: unknown): Promise<ActionResult<{ recipeId: string }>> {
  return act(input, z.unknown(), saveRecipe);
}

/** Forgets a recipe; sets launched from it stay. */
export async function deleteLaunchRecipe(input: { recipeId: string }): Promise<ActionResult<void>> {
  return act(input, recipeIdSchema, (context, { recipeId }) => deleteRecipe(context, recipeId));
}

/** Asks for the cancellation of every job of a set that has not ended. */
export async function cancelJobSet(input: { jobSetId: string }): Promise<ActionResult<CancelSummary>> {
  return act(input, jobSetIdSchema, async (context, { jobSetId }) => {
    const jobIds = await listUnfinishedJobIds(context.db, jobSetId);
    return requestCancel(context, jobIds, "user");
  });
}

/** Asks the provider for its models and notes how it answered. */
export async function checkProviderConnection(input: {
  provider: string;
}): Promise<ActionResult<{ modelCount: number }>> {
  return act(input, providerSchema, (context, { provider }) => checkConnection(context, provider));
}

/** The models that the account really has. */
export async function listModels(input: { provider: string }): Promise<ActionResult<ModelInfo[]>> {
  return act(input, providerSchema, (context, { provider }) => context.providers.get(provider).models());
}

/** What a deletion of results or jobs kept here would take. */
export async function previewPruning(input: PruneInput): Promise<ActionResult<PrunePreview>> {
  return act(input, pruneInputSchema, ({ db, clock }, parsed) => previewPrune(db, parsed, clock.now()));
}

/** Deletes results or jobs kept here; nothing at a provider. */
export async function pruneStorage(input: PruneInput): Promise<ActionResult<PruneSummary>> {
  return act(input, pruneInputSchema, prune);
}

/** Each export above is a public endpoint: guard the caller, parse the input, run one verb, map the error. */
async function act<Input, Value>(
  input: unknown,
  schema: z.core.$ZodType<Input>,
  run: (context: AppContext, input: Input) => Promise<Value>,
): Promise<ActionResult<Value>> {
  try {
    const context = await getContext();
    const sent = await headers();
    guardRequest({ host: sent.get("host"), origin: sent.get("origin") }, context.config.allowedHosts);
    const parsed = z.safeParse(schema, input);
    if (!parsed.success) throw new AppError("invalid_input", "The request is not of the expected form.");
    return { ok: true, value: await run(context, parsed.data) };
  } catch (error) {
    return toActionFailure(error);
  }
}
