export type ToastKind = "success" | "info" | "warning" | "error";

/** Says in a corner of the page what came of an action. The library is loaded with the first message. */
export async function showToast(
  kind: ToastKind,
  title: string,
  options: { description?: string } = {},
): Promise<void> {
  const { toast } = await import("sonner");
  toast[kind](title, options);
}
