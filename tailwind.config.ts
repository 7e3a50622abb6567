import type { Config } from "tailwindcss";

/** Names for the tokens of `app/globals.css`; every colour lives there once, for both themes. */
const config: Config = {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  darkMode: ["selector", '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: {
        page: "var(--page)",
        panel: "var(--panel)",
        raised: "var(--raised)",
        line: "var(--line)",
        control: "var(--control)",
        ink: "var(--ink)",
        muted: "var(--muted)",
        accent: "var(--accent)",
        "on-accent": "var(--on-accent)",
        "on-danger": "var(--on-danger)",
        openai: "var(--provider-openai)",
        google: "var(--provider-google)",
        anthropic: "var(--provider-anthropic)",
        "google-vertex-ai": "var(--provider-google-vertex-ai)",
        succeeded: "var(--status-succeeded)",
        failed: "var(--status-failed)",
        "timed-out": "var(--status-timed-out)",
        partial: "var(--status-partial)",
        "cancelled-on-demand": "var(--status-cancelled-on-demand)",
        "in-progress": "var(--status-in-progress)",
        waiting: "var(--status-waiting)",
      },
      fontFamily: {
        sans: ["var(--font-geist-sans)", "ui-sans-serif", "system-ui", "sans-serif"],
        mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
      },
      fontSize: {
        tiny: ["0.75rem", { lineHeight: "1rem" }],
        small: ["0.8125rem", { lineHeight: "1.125rem" }],
        base: ["0.875rem", { lineHeight: "1.25rem" }],
        title: ["1.25rem", { lineHeight: "1.75rem" }],
      },
      borderRadius: { DEFAULT: "6px" },
      animation: { "slide-in": "slide-in 150ms ease-out" },
      keyframes: { "slide-in": { from: { transform: "translateY(1rem)", opacity: "0" } } },
      boxShadow: { popup: "var(--popup-shadow)" },
    },
  },
};

export default config;
