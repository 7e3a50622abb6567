import { createLoader, createSerializer, parseAsInteger } from "nuqs/server";

export const jobSetSearchParams = { page: parseAsInteger.withDefault(1) };

export const loadJobSetSearchParams = createLoader(jobSetSearchParams);

export const serializeJobSetSearchParams = createSerializer(jobSetSearchParams);
