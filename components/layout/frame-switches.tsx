"use client";

import { Clock, Globe, Keyboard, Monitor, Moon, Search, Sun, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../ui/class-names.ts";
import { useLiveState } from "./live-events-context.tsx";
import type { LiveState } from "./use-live-events.ts";
import { useOpenPanel } from "./use-open-panel.ts";
import { themes, type Theme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";
import { useTimeZone } from "./use-time-zone.ts";

const switchLook =
  "h-8 min-w-8 items-center justify-center gap-2.5 rounded text-small text-muted hover:bg-raised hover:text-ink xl:w-full xl:justify-start xl:px-2.5";
const switchStyle = `flex ${switchLook}`;

/** The words stand beside the icons only in the wide rail. */
function WideLabel({ children }: { children: ReactNode }) {
  return <span className="sr-only xl:not-sr-only">{children}</span>;
}

/** Search, live state, time zone, theme and help: in the rail, and at the top of narrow screens. */
export function FrameSwitches({ className }: { className?: string }) {
  return (
    <div className={className} role="group" aria-label="Display">
      <SearchButton />
      <LiveSwitch />
      <TimeZoneSwitch />
      <ThemeSwitch />
      <HelpButton />
    </div>
  );
}

function SearchButton() {
  const [, openPanel] = useOpenPanel();
  return (
    <button
      type="button"
      className={switchStyle}
      title="Search and commands (Ctrl K or ⌘ K)"
      onClick={() => openPanel("palette")}
    >
      <Search aria-hidden className="size-4.5 shrink-0" />
      <WideLabel>Search</WideLabel>
      <kbd className="ml-auto hidden font-mono text-tiny xl:inline">Ctrl K</kbd>
    </button>
  );
}

function HelpButton() {
  const [, openPanel] = useOpenPanel();
  return (
    <button
      type="button"
      className={classNames("hidden sm:flex", switchLook)}
      title="Keyboard shortcuts (?)"
      aria-label="Keyboard shortcuts"
      onClick={() => openPanel("help")}
    >
      <Keyboard aria-hidden className="size-4.5 shrink-0" />
      <WideLabel>Keyboard</WideLabel>
    </button>
  );
}

const liveLooks: Record<LiveState, { label: string; dot: string; help: string }> = {
  connecting: {
    label: "Connecting",
    dot: "rounded-full border-2 border-muted",
    help: "Live updates are starting",
  },
  connected: {
    label: "Live",
    dot: "rounded-full bg-succeeded",
    help: "Connected: changes appear by themselves",
  },
  paused: { label: "Paused", dot: "rounded-full border-2 border-partial", help: "Updates are held back" },
  reconnecting: {
    label: "Reconnecting",
    dot: "animate-pulse rounded-full bg-partial",
    help: "The connection was lost",
  },
  offline: {
    label: "Offline",
    dot: "bg-failed",
    help: "No connection; it is tried again by itself",
  },
};

function LiveSwitch() {
  const { state, isPaused, setPaused } = useLiveState();
  const look = liveLooks[state];
  return (
    <button
      type="button"
      className={switchStyle}
      aria-pressed={isPaused}
      aria-label={`${isPaused ? "Resume" : "Pause"} live updates. State: ${look.label}`}
      title={`${look.help}. Click to ${isPaused ? "resume" : "pause"}.`}
      data-live-state={state}
      onClick={() => setPaused(!isPaused)}
    >
      <span aria-hidden className="flex size-4.5 shrink-0 items-center justify-center">
        <span className={classNames("size-2.5", look.dot)} />
      </span>
      <span role="status" className="sr-only xl:not-sr-only">
        {look.label}
      </span>
    </button>
  );
}

function TimeZoneSwitch() {
  const [zone, setZone] = useTimeZone();
  const next = zone === "utc" ? "local" : "utc";
  const label = zone === "utc" ? "UTC" : "Local time";
  const Icon = zone === "utc" ? Globe : Clock;
  return (
    <button
      type="button"
      className={switchStyle}
      title={`Times are shown in ${zone === "utc" ? "UTC" : "your local zone"}. Click to switch.`}
      aria-label={`Time zone: ${label}. Switch to ${next === "utc" ? "UTC" : "local time"}`}
      onClick={() => setZone(next)}
    >
      <Icon aria-hidden className="size-4.5 shrink-0" />
      <WideLabel>{label}</WideLabel>
    </button>
  );
}

const themeLooks: Record<Theme, { label: string; icon: LucideIcon }> = {
  system: { label: "System theme", icon: Monitor },
  light: { label: "Light theme", icon: Sun },
  dark: { label: "Dark theme", icon: Moon },
};

function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  const { label, icon: Icon } = themeLooks[theme];
  return (
    <button
      type="button"
      className={switchStyle}
      title={`${label}. Click for ${themeLooks[next].label.toLowerCase()}.`}
      aria-label={`${label}. Switch to ${themeLooks[next].label.toLowerCase()}`}
      onClick={() => setTheme(next)}
    >
      <Icon aria-hidden className="size-4.5 shrink-0" />
      <WideLabel>{label}</WideLabel>
    </button>
  );
}
