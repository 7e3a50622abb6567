import { storedChoice } from "./stored-choice.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
/** What `system` means right now. */
export type ResolvedTheme = Exclude<Theme, "system">;

const key = "theme";
const darkQuery = "(prefers-color-scheme: dark)";

export const themeChoice = storedChoice<Theme>(key, themes, "system");

/** Stands at the top of the page and runs before anything is drawn, so that no page is light before it is dark. */
export const themeScript = `{
let theme; try { theme = localStorage.getItem("${key}") } catch {}
if (theme !== "light" && theme !== "dark") theme = matchMedia("${darkQuery}").matches ? "dark" : "light";
document.documentElement.dataset.theme = document.documentElement.style.colorScheme = theme;
}`;

export function resolveTheme(theme: Theme): ResolvedTheme {
  if (theme !== "system") return theme;
  return window.matchMedia(darkQuery).matches ? "dark" : "light";
}

/** Hears of another choice, here or in another tab, and of another wish of the system. Returns what ends it. */
export function subscribeToTheme(listener: () => void): () => void {
  const system = window.matchMedia(darkQuery);
  const stop = themeChoice.subscribe(listener);
  system.addEventListener("change", listener);
  return () => {
    stop();
    system.removeEventListener("change", listener);
  };
}

/** Shows a theme at once. What is shown already stays untouched: it would make the browser style the whole page anew. */
export function showTheme(theme: ResolvedTheme): void {
  const page = document.documentElement;
  if (page.dataset["theme"] === theme) return;
  // Colours that fade one by one from theme to theme would flicker.
  const stillness = document.createElement("style");
  stillness.textContent = "*,::before,::after{transition:none!important}";
  document.head.append(stillness);
  page.dataset["theme"] = theme;
  page.style.colorScheme = theme;
  // Asking for a style makes the browser apply it before the transitions come back.
  void window.getComputedStyle(document.body).color;
  stillness.remove();
}
