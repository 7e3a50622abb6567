"use client";

import { ChevronsUpDown } from "lucide-react";
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { smallControlStyle } from "./control-style.ts";
import { useFieldControl } from "./field.tsx";

type ComboboxProps<Option> = {
  /** What stands in the field: any text, from the list or not. */
  value: string;
  onValueChange: (value: string) => void;
  onBlur?: () => void;
  options: readonly Option[];
  /** The text that an option puts into the field. */
  textOf: (option: Option) => string;
  /** One option as the list shows it. */
  children: (option: Option) => ReactNode;
};

/**
 * A text field with a list of proposals below it; typing narrows the list. Keys as in
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/: arrows walk through the list, enter takes, escape closes.
 */
export function Combobox<Option>(props: ComboboxProps<Option>) {
  const { value, onValueChange, onBlur, textOf, children } = props;
  const listId = useId();
  const { shown, isShown, activeIndex, open, close, take, onKeyDown, filter } = useProposals(props);
  return (
    <div className="relative">
      <input
        {...useFieldControl()}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={isShown ? listId : undefined}
        aria-activedescendant={isShown && activeIndex >= 0 ? `${listId}-${activeIndex}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          onValueChange(event.target.value);
          filter();
        }}
        onClick={() => !isShown && open(-1)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close();
          onBlur?.();
        }}
        className={classNames(smallControlStyle, "h-8 w-full pr-8 font-mono")}
      />
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute top-2 right-2.5 size-3.5 text-muted"
      />
      {isShown && (
        <Proposals id={listId} activeIndex={activeIndex}>
          {shown.map((option, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field hears the keys
            <div
              key={textOf(option)}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === activeIndex}
              className="flex min-h-8 cursor-default items-center justify-between gap-2 rounded-sm px-2 py-1 hover:bg-raised aria-selected:bg-raised"
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
            >
              {children(option)}
            </div>
          ))}
        </Proposals>
      )}
    </div>
  );
}

type ProposalsProps = { id: string; activeIndex: number; children: ReactNode };

/** The list, above the field where there is no room below it. */
function Proposals({ id, activeIndex, children }: ProposalsProps) {
  const listRef = useRef<HTMLDivElement>(null);
  const [isAbove, setIsAbove] = useState(false);
  useLayoutEffect(() => {
    const list = listRef.current;
    const field = list?.parentElement?.getBoundingClientRect();
    if (!list || !field) return;
    const needed = list.offsetHeight + 8;
    setIsAbove(window.innerHeight - field.bottom < needed && field.top > needed);
  }, []);
  useLayoutEffect(() => {
    listRef.current?.children[activeIndex]?.scrollIntoView({ block: "nearest" });
  }, [activeIndex]);
  return (
    <div
      ref={listRef}
      id={id}
      role="listbox"
      aria-label="Proposals"
      className={classNames(
        "absolute left-0 z-30 max-h-72 w-full min-w-72 overflow-y-auto rounded border border-line bg-panel p-1 shadow-popup",
        isAbove ? "bottom-full mb-1" : "top-full mt-1",
      )}
    >
      {children}
    </div>
  );
}

function useProposals<Option>({ value, onValueChange, options, textOf }: ComboboxProps<Option>) {
  const [isOpen, setIsOpen] = useState(false);
  const [isFiltering, setIsFiltering] = useState(false);
  const [activeIndex, setActiveIndex] = useState(-1);
  const typed = value.trim().toLowerCase();
  const shown = isFiltering
    ? options.filter((option) => textOf(option).toLowerCase().includes(typed))
    : options;
  const isShown = isOpen && shown.length > 0;

  function open(index: number): void {
    setIsOpen(true);
    setActiveIndex(index);
  }
  function close(): void {
    setIsOpen(false);
    setIsFiltering(false);
    setActiveIndex(-1);
  }
  function take(option: Option): void {
    onValueChange(textOf(option));
    close();
  }
  function walk(step: 1 | -1): void {
    const from = isShown ? activeIndex : shown.findIndex((option) => textOf(option) === value);
    const start = step === 1 ? 0 : shown.length - 1;
    open(from === -1 ? start : (from + step + shown.length) % shown.length);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const active = shown[activeIndex];
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && shown.length > 0) {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && isShown && active !== undefined) {
      // The form around the field must not be sent.
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape" && isShown) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }
  function filter(): void {
    setIsFiltering(true);
    open(-1);
  }
  return { shown, isShown, activeIndex, open, close, take, onKeyDown, filter };
}
