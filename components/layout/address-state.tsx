"use client";

/** Around every page that keeps its filters in the address; the others do without the library. */
export { NuqsAdapter as AddressState } from "nuqs/adapters/next/app";
