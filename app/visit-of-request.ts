import { cookies } from "next/headers";
import { countedSince, readVisit, visitAt, visitCookie, type Counted } from "#lib/domain/visit.ts";

/** From when on what ended is new to whoever asks. */
export async function visitOfRequest(now: Date): Promise<Counted> {
  const remembered = readVisit((await cookies()).get(visitCookie)?.value, now);
  return countedSince(visitAt(remembered, now), now);
}
