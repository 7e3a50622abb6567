import type { SandboxContext } from "../http/endpoint.ts";
import type { BatchRecord } from "../world/model.ts";
import { invalidArgument } from "./errors.ts";
import { camelCase, field } from "./fields.ts";
import { readJson } from "./json-body.ts";

const MAX_BODY_BYTES = 1 << 20;

/** What a client can set on a batch, at its creation and later. */
export type Changes = Partial<Pick<BatchRecord, "displayName" | "priority">>;

/** What an update call wants changed: every field in its body, or those of them that its mask names. */
export async function readUpdate(context: SandboxContext): Promise<Changes> {
  const changes = changesOf(await readJson(context, MAX_BODY_BYTES), "");
  const mask = (context.req.query("updateMask") ?? "").split(",").filter((name) => name !== "");
  const names = mask.map(camelCase);
  const unknown = names.find((name) => name !== "displayName" && name !== "priority");
  if (unknown !== undefined) {
    throw invalidArgument(`Invalid field mask: '${unknown}' cannot be updated.`, "update_mask");
  }
  if (names.length === 0) return changes;
  return Object.fromEntries(Object.entries(changes).filter(([name]) => names.includes(name)));
}

/** Name and priority in the body of a call; `prefix` is the path of the batch in that body. */
export function changesOf(batch: Readonly<Record<string, unknown>>, prefix: string): Changes {
  const displayName = field(batch, "displayName");
  if (displayName !== undefined && typeof displayName !== "string") {
    throw wrongType(`${prefix}display_name`, "TYPE_STRING", displayName);
  }
  const given = field(batch, "priority");
  const priority = typeof given === "number" && Number.isInteger(given) ? String(given) : given;
  if (priority !== undefined && (typeof priority !== "string" || !/^-?\d{1,19}$/.test(priority))) {
    throw wrongType(`${prefix}priority`, "TYPE_INT64", given);
  }
  return {
    ...(displayName === undefined ? {} : { displayName }),
    ...(priority === undefined ? {} : { priority }),
  };
}

function wrongType(path: string, type: string, value: unknown): Error {
  return invalidArgument(`Invalid value at '${path}' (${type}), ${JSON.stringify(value)}`, path);
}
