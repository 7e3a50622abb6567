import { formatNumber } from "#components/format.ts";

const shownPrompts = 3;

/** The first three prompts, each cut to a few lines. */
export function PromptPreview({ prompts, total }: { prompts: readonly string[]; total: number }) {
  const shown = prompts.slice(0, shownPrompts);
  return (
    <figure>
      <figcaption className="mb-1 text-small text-muted">
        {total > shown.length ? `First ${shown.length} of ${formatNumber(total)}` : "All of them"}
      </figcaption>
      <ol className="divide-y divide-line rounded border border-line">
        {shown.map((prompt, index) => (
          <li key={index} className="line-clamp-3 px-3 py-2 break-words whitespace-pre-line">
            {prompt.slice(0, 400)}
          </li>
        ))}
      </ol>
    </figure>
  );
}
