import type { JobSelection } from "#lib/domain/job-selection.ts";
import { failureOf } from "../layout/fetch-json.ts";
import { showToast } from "../layout/show-toast.ts";

export type DownloadKind = "results" | "reports" | "csv";

const notes: Record<DownloadKind, string> = {
  results: "The download starts. Jobs without collected results are left out.",
  reports: "The download starts. Jobs that never came to a provider are left out.",
  csv: "The download starts.",
};

/**
 * Lets the browser save the results, reports or a table of many jobs as one file, however large. A form sends the selection into a frame
 * of its own: an answer that is no file, an error, appears there and is told.
 */
export function downloadFile(selection: JobSelection, kind: DownloadKind): void {
  const frame = document.createElement("iframe");
  frame.name = "job-download";
  frame.hidden = true;
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/api/jobs/download";
  form.target = frame.name;
  form.append(hiddenField("selection", JSON.stringify(selection)), hiddenField("kind", kind));
  document.querySelector(`iframe[name="${frame.name}"]`)?.remove();
  document.body.append(frame, form);
  frame.addEventListener("load", () => {
    const text = frame.contentDocument?.body.textContent ?? "";
    if (text === "") return;
    void failureOf(new Response(text, { status: 500 })).then(({ message }) => showToast("error", message));
  });
  form.submit();
  form.remove();
  void showToast("info", notes[kind]);
}

function hiddenField(name: string, value: string): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}
