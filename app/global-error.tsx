"use client";

/** The last resort, when not even the frame could be made; it brings its own document and needs no style sheet. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          fontFamily: "system-ui, sans-serif",
          margin: "4rem auto",
          maxWidth: "34rem",
          padding: "0 1rem",
        }}
      >
        <title>Batchmark could not start this page</title>
        <h1 style={{ fontSize: "1.25rem" }}>Batchmark could not start this page</h1>
        <p>
          Your jobs are not affected. The terminal in which Batchmark runs says what is wrong, for example a
          database that cannot be opened.
        </p>
        <button type="button" onClick={() => retry()}>
          Try again
        </button>
      </body>
    </html>
  );
}
