"use client";

import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { shortcuts } from "./shortcuts.ts";
import { useSingleKeys } from "./use-single-keys.ts";

const inLists = [
  { keys: ["↑", "↓"], label: "Move in a list or a table" },
  { keys: ["Enter"], label: "Open what is marked" },
  { keys: ["Space"], label: "Select a row" },
  { keys: ["Shift", "↓"], label: "Select a range" },
  { keys: ["Esc"], label: "Close, or let go of a selection" },
] as const;

/** Every shortcut, and the switch for those of letters alone. */
export function KeyboardHelp({ onOpenChange }: { onOpenChange: (isOpen: boolean) => void }) {
  const [isOn, setOn] = useSingleKeys();
  return (
    <Dialog isOpen onOpenChange={onOpenChange} title="Keyboard">
      <ShortcutList
        title="Everywhere"
        rows={[{ keys: ["Ctrl or ⌘", "K"], label: "Search and commands" }, ...shortcuts]}
      />
      <ShortcutList title="In lists" rows={inLists} />
      <div className="mt-4 border-t border-line pt-3">
        <Checkbox isChecked={isOn} onCheckedChange={setOn} label="Hear shortcuts of letters alone" />
        <p className="mt-1 pl-6 text-small text-muted">
          Turn them off if you dictate text: Ctrl K or ⌘ K then does everything.
        </p>
      </div>
    </Dialog>
  );
}

type Row = { keys: readonly string[]; label: string };

function ShortcutList({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section className="mb-3">
      <h3 className="mb-1 text-small font-medium text-muted">{title}</h3>
      <dl>
        {rows.map(({ keys, label }) => (
          <div key={label} className="flex items-center justify-between gap-4 py-1">
            <dt>{label}</dt>
            <dd className="flex shrink-0 items-center gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded border border-line bg-raised px-1.5 py-0.5 text-center font-mono text-tiny"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
