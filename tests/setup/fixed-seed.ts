import fc from "fast-check";

/** Property tests try the same cases in every run, so that none fails by chance; raise it to try others. */
fc.configureGlobal({ seed: Number(process.env["BATCHMARK_TEST_SEED"] ?? 1) });
