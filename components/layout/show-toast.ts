export type ToastKind = "success" | "info" | "warning" | "error";

let isNeeded = false;
const listeners = new Set<() => void>();

/** Whether there was any message in this page, so that it needs a place for them. */
export const toastPlace = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isNeeded: (): boolean => isNeeded,
};

/**
 * Says in a corner of the page what came of an action. The library is loaded with the first message, which it keeps
 * until its place is drawn.
 */
export async function showToast(
  kind: ToastKind,
  title: string,
  options: { description?: string } = {},
): Promise<void> {
  isNeeded = true;
  listeners.forEach((notify) => notify());
  const { toast } = await import("sonner");
  toast[kind](title, options);
}
