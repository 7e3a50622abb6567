import type { ProviderId } from "#lib/domain/provider-id.ts";

export type MarkerShape = "circle" | "square" | "triangle" | "diamond" | "triangle-down" | "plus" | "cross";

/** How a curve is told apart without colour: by its dash and marker. The colour comes from the tokens of the look. */
export type GroupMark = { color: string; dash: string | undefined; shape: MarkerShape };

/** Each provider's own mark, the same everywhere. */
export const providerMarks: Record<ProviderId, GroupMark> = {
  openai: { color: "var(--provider-openai)", dash: undefined, shape: "circle" },
  google: { color: "var(--provider-google)", dash: "9 4", shape: "square" },
  anthropic: { color: "var(--provider-anthropic)", dash: "2.5 3.5", shape: "triangle" },
};

const furtherDashes = ["14 4", "12 3 3 3", "5 3", "1.5 3", "18 3 2 3 2 3"];
const furtherShapes = ["diamond", "plus", "triangle-down", "cross"] as const;
/** Mixing with the colour of text only ever raises the contrast with the page. */
const shades = [100, 70, 48];

/**
 * The mark of a provider's group number `index` (from 0) where several groups share the provider: the first keeps the
 * provider's own, the others its hue in another shade, dash and shape. The first 60 differ from each other.
 */
export function groupMark(provider: ProviderId, index: number): GroupMark {
  const own = providerMarks[provider];
  if (index === 0) return own;
  const shade = shades[index % shades.length] ?? 100;
  return {
    color: shade === 100 ? own.color : `color-mix(in srgb, ${own.color} ${shade}%, var(--ink))`,
    dash: furtherDashes[index % furtherDashes.length],
    shape: furtherShapes[index % furtherShapes.length] ?? "diamond",
  };
}
