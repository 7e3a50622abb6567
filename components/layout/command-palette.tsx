"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { CircleHelp, Clock, Copy, Pause, Play, Printer, SunMoon, type LucideIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";
import { jobPageSchema, type JobListItem } from "#lib/domain/job-page.ts";
import { jobSetPageSchema, type JobSetSummary } from "#lib/domain/job-set-summary.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { truncateMiddle } from "../format.ts";
import { StatusChip } from "../jobs/status-chip.tsx";
import { backdropStyle, dialogStyle } from "../ui/dialog-popup.tsx";
import { classNames } from "../ui/class-names.ts";
import { fetchJson } from "./fetch-json.ts";
import { useLiveState } from "./live-events-context.tsx";
import { furtherPages, navigationItems } from "./navigation-items.ts";
import { queryKeys } from "./query-keys.ts";
import { showToast } from "./show-toast.ts";
import { useOpenPanel } from "./use-open-panel.ts";
import { useTheme } from "./use-theme.ts";
import { useTimeZone } from "./use-time-zone.ts";

const pauseBeforeSearchMilliseconds = 150;
const shortestSearch = 2;

type PaletteProps = { onOpenChange: (isOpen: boolean) => void };

/** Search over jobs and job sets, and every command of the frame, from the keyboard. */
export function CommandPalette({ onOpenChange }: PaletteProps) {
  const [text, setText] = useState("");
  const found = useFound(text.trim());
  const close = () => onOpenChange(false);
  return (
    <BaseDialog.Root open onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropStyle} />
        <BaseDialog.Popup
          aria-label="Search and commands"
          className={classNames(dialogStyle, "top-[12vh] max-w-xl")}
        >
          <Command label="Search and commands" loop vimBindings={false} className="flex min-h-0 flex-col">
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="Search jobs and sets, or type a command"
              className="h-12 w-full shrink-0 rounded-t border-b border-line bg-panel px-4 outline-none placeholder:text-muted"
            />
            <Command.List
              aria-label="Found"
              className="max-h-[60vh] overflow-y-auto p-2 **:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-small **:[[cmdk-group-heading]]:text-muted"
            >
              <Command.Empty className="px-2 py-6 text-center text-muted">
                {found.isSearching ? "Searching…" : "Nothing found. Try a job's id, a model or a set's name."}
              </Command.Empty>
              <FoundJobs jobs={found.jobs} text={text} onDone={close} />
              <FoundJobSets jobSets={found.jobSets} onDone={close} />
              <Pages onDone={close} />
              <FrameCommands onDone={close} />
            </Command.List>
          </Command>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

type Found = { jobs: JobListItem[]; jobSets: JobSetSummary[]; isSearching: boolean };

function useFound(text: string): Found {
  const [settledText, setSettledText] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettledText(text), pauseBeforeSearchMilliseconds);
    return () => clearTimeout(timer);
  }, [text]);
  const isLongEnough = settledText.length >= shortestSearch;
  const jobs = useQuery({
    queryKey: queryKeys.jobs({ palette: settledText }),
    queryFn: ({ signal }) =>
      fetchJson(`/api/jobs?q=${encodeURIComponent(settledText)}`, jobPageSchema, signal),
    enabled: isLongEnough,
  });
  const jobSets = useQuery({
    queryKey: queryKeys.jobSets(1),
    queryFn: ({ signal }) => fetchJson("/api/job-sets", jobSetPageSchema, signal),
  });
  return {
    jobs: isLongEnough ? (jobs.data?.jobs ?? []).slice(0, 6) : [],
    jobSets: (jobSets.data?.jobSets ?? []).slice(0, text === "" ? 4 : undefined),
    isSearching: text !== settledText || jobs.isFetching,
  };
}

function FoundJobs({ jobs, text, onDone }: { jobs: JobListItem[]; text: string; onDone: () => void }) {
  const router = useRouter();
  if (jobs.length === 0) return null;
  const go = (href: string) => {
    router.push(href);
    onDone();
  };
  return (
    // The server has searched already: the list's own filter must let every found job pass.
    <Command.Group heading="Jobs" forceMount>
      {jobs.map((job) => (
        <Item key={job.id} value={`job ${job.id}`} isAlwaysShown onSelect={() => go(`/jobs/${job.id}`)}>
          <StatusChip job={job} />
          <span className="min-w-0 truncate">
            {providerLabels[job.provider]} <span className="text-muted">{job.model ?? "unknown model"}</span>
          </span>
          <span className="ml-auto font-mono text-small whitespace-nowrap text-muted max-sm:hidden">
            {truncateMiddle(job.providerJobId ?? job.id)}
          </span>
        </Item>
      ))}
      <Item
        value="all found jobs"
        isAlwaysShown
        onSelect={() => go(`/jobs?q=${encodeURIComponent(text.trim())}`)}
      >
        See all jobs that match
      </Item>
    </Command.Group>
  );
}

function FoundJobSets({ jobSets, onDone }: { jobSets: JobSetSummary[]; onDone: () => void }) {
  const router = useRouter();
  if (jobSets.length === 0) return null;
  return (
    <Command.Group heading="Job sets">
      {jobSets.map(({ id, name }) => (
        <Item
          key={id}
          value={`set ${name} ${id}`}
          onSelect={() => {
            router.push(`/job-sets/${id}`);
            onDone();
          }}
        >
          {name}
        </Item>
      ))}
    </Command.Group>
  );
}

function Pages({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  return (
    <Command.Group heading="Go to">
      {[...navigationItems, ...furtherPages].map(({ href, label, icon }) => (
        <Item
          key={href}
          icon={icon}
          value={`go ${label}`}
          onSelect={() => {
            router.push(href);
            onDone();
          }}
        >
          {label}
        </Item>
      ))}
    </Command.Group>
  );
}

function FrameCommands({ onDone }: { onDone: () => void }) {
  const { isPaused, setPaused } = useLiveState();
  const [zone, setZone] = useTimeZone();
  const { setTheme, resolvedTheme } = useTheme();
  const [, openPanel] = useOpenPanel();
  const otherTheme = resolvedTheme === "dark" ? "light" : "dark";
  const commands: { label: string; icon: LucideIcon; run: () => void }[] = [
    {
      label: isPaused ? "Resume live updates" : "Pause live updates",
      icon: isPaused ? Play : Pause,
      run: () => setPaused(!isPaused),
    },
    {
      label: zone === "utc" ? "Show times in the local zone" : "Show times in UTC",
      icon: Clock,
      run: () => setZone(zone === "utc" ? "local" : "utc"),
    },
    { label: `Use the ${otherTheme} theme`, icon: SunMoon, run: () => setTheme(otherTheme) },
    { label: "Copy the address of this page", icon: Copy, run: () => void copyAddress() },
    // The palette must be gone before the browser takes its picture of the page.
    { label: "Print this page", icon: Printer, run: () => setTimeout(() => window.print(), 300) },
  ];
  return (
    <Command.Group heading="Commands">
      {commands.map(({ label, icon, run }) => (
        <Item
          key={label}
          icon={icon}
          value={label}
          onSelect={() => {
            onDone();
            run();
          }}
        >
          {label}
        </Item>
      ))}
      <Item icon={CircleHelp} value="Keyboard shortcuts help" onSelect={() => openPanel("help")}>
        Keyboard shortcuts
      </Item>
    </Command.Group>
  );
}

async function copyAddress(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    void showToast("success", "Address copied");
  } catch {
    void showToast("error", "The browser did not allow copying. Copy the address by hand.");
  }
}

type ItemProps = {
  value: string;
  icon?: LucideIcon;
  isAlwaysShown?: boolean;
  onSelect: () => void;
  children: ReactNode;
};

function Item({ value, icon: Icon, isAlwaysShown, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      forceMount={isAlwaysShown}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded px-2 data-[selected=true]:bg-raised"
    >
      {Icon && <Icon aria-hidden className="size-4 shrink-0 text-muted" />}
      {children}
    </Command.Item>
  );
}
