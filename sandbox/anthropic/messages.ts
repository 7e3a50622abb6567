import { asArray, asObject } from "../http/request.ts";

const ROLES: readonly unknown[] = ["user", "assistant", "system"];

/** What is wrong with the `messages` of a call; `isNewest` adds what the newest version no longer takes. */
export function problemOfMessages(value: unknown, isNewest: boolean): string | null {
  if (value === undefined) return "messages: Field required";
  const messages = asArray(value);
  if (messages === null) return "messages: Input should be a valid list";
  if (messages.length === 0) return "messages: at least one message is required";
  for (const [index, message] of messages.entries()) {
    const problem = problemOfMessage(message, `messages.${index}`, index === messages.length - 1);
    if (problem !== null) return problem;
  }
  if (asObject(messages[0])?.["role"] === "assistant") {
    return 'messages: first message must use the "user" role';
  }
  return isNewest ? problemOfNewest(messages) : null;
}

function problemOfMessage(value: unknown, at: string, isLast: boolean): string | null {
  const message = asObject(value);
  if (message === null) return `${at}: Input should be a valid dictionary or object to extract fields from`;
  const { role, content } = message;
  if (role === undefined) return `${at}.role: Field required`;
  if (!ROLES.includes(role)) return `${at}.role: Input should be 'user', 'assistant' or 'system'`;
  if (content === undefined) return `${at}.content: Field required`;
  if (typeof content !== "string" && asArray(content) === null) {
    return `${at}.content: Input should be a valid list`;
  }
  // Texts and lists both have a length.
  const isEmpty = (content as string | readonly unknown[]).length === 0;
  if (!isEmpty || (isLast && role === "assistant")) return null;
  return `${at}: all messages must have non-empty content except for the optional final assistant message`;
}

function problemOfNewest(messages: readonly unknown[]): string | null {
  for (const [index, message] of messages.entries()) {
    const { role, content } = asObject(message) ?? {};
    for (const [place, block] of (asArray(content) ?? []).entries()) {
      const { type, citations } = asObject(block) ?? {};
      const at = `messages.${index}.content.${place}`;
      if (role === "assistant" && type === "document") {
        return `${at}: 'document' blocks are not permitted within assistant turns`;
      }
      const isCited = role === "user" && type === "text" && (asArray(citations) ?? []).length > 0;
      if (isCited) return `${at}.citations: Citations are not permitted on text blocks of user turns`;
    }
  }
  return null;
}
