import type { JobSelection } from "#lib/domain/job-selection.ts";
import { failureOf } from "../layout/fetch-json.ts";
import { showToast } from "../layout/show-toast.ts";

/**
 * Lets the browser save the results of many jobs as one file, however large. A form sends the selection into a frame
 * of its own: an answer that is no file, an error, appears there and is told.
 */
export function downloadResults(selection: JobSelection): void {
  const frame = document.createElement("iframe");
  frame.name = "results-download";
  frame.hidden = true;
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/api/jobs/download";
  form.target = frame.name;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "selection";
  field.value = JSON.stringify(selection);
  form.append(field);
  document.querySelector(`iframe[name="${frame.name}"]`)?.remove();
  document.body.append(frame, form);
  frame.addEventListener("load", () => {
    const text = frame.contentDocument?.body.textContent ?? "";
    if (text === "") return;
    void failureOf(new Response(text, { status: 500 })).then(({ message }) => showToast("error", message));
  });
  form.submit();
  form.remove();
  void showToast("info", "The download starts. Jobs without collected results are left out.");
}
