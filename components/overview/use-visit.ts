"use client";

import { useEffect } from "react";
import { visitCookie, visitAt, readVisit, writeVisit } from "#lib/domain/visit.ts";

const keptForSeconds = 365 * 24 * 60 * 60;

/**
 * Notes in this browser that the page is being seen at the server's time `readAt`, so that the next visit counts from
 * here on. The server reads it before it draws the page: no number jumps.
 */
export function useVisit(readAt: Date): void {
  const seenAtMs = readAt.getTime();
  useEffect(() => {
    if (document.hidden) return;
    const now = new Date(seenAtMs);
    const visit = visitAt(readVisit(cookieValue(visitCookie), now), now);
    document.cookie = `${visitCookie}=${writeVisit(visit)}; path=/; max-age=${keptForSeconds}; samesite=lax`;
  }, [seenAtMs]);
}

function cookieValue(name: string): string | undefined {
  return document.cookie
    .split("; ")
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
