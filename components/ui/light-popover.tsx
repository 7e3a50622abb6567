"use client";

import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { showToast } from "../layout/show-toast.ts";
import { buttonStyle, type ButtonLook } from "./button-style.ts";
import { classNames } from "./class-names.ts";

type LightPopoverProps = ButtonLook & {
  /** Name of the popup for screen readers, and of the button when it shows an icon alone. */
  label: string;
  /** What the button shows. */
  button: ReactNode;
  tabIndex?: number;
  /** A menu's entries are walked by arrow keys. */
  role?: "menu" | "dialog";
  align?: "start" | "end";
  /** Loads what the content needs before it opens; begun when the pointer or the focus comes near. */
  prepare?: () => Promise<void>;
  /** Room around the content, and its width. */
  className?: string;
  children: (close: () => void) => ReactNode;
};

const gap = 4;

/**
 * A button with a small panel, on the browser's own popover: it closes by escape and by a click elsewhere, and costs
 * no library. Its content exists only while it is open, so that a list can have one in each row.
 */
export function LightPopover({
  label,
  button,
  tabIndex,
  role = "dialog",
  align = "start",
  prepare,
  className = "p-1",
  children,
  ...look
}: LightPopoverProps) {
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const popupRef = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const popup = popupRef.current;
    if (!isOpen || !popup || !buttonRef.current) return;
    popup.showPopover();
    place(popup, buttonRef.current.getBoundingClientRect(), align);
    popup.querySelector<HTMLElement>(focusable)?.focus({ preventScroll: true });
  }, [isOpen, align]);

  const id = useId();
  function approach() {
    prepare?.().catch(() => {});
  }
  async function open() {
    try {
      await prepare?.();
      setIsOpen(true);
    } catch {
      await showToast("error", "A part of this page did not load. Check that Batchmark is running.");
    }
  }
  function close() {
    document.getElementById(id)?.hidePopover();
  }

  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        tabIndex={tabIndex}
        aria-label={look.isIcon ? label : undefined}
        aria-haspopup={role}
        aria-expanded={isOpen}
        data-popup-open={isOpen || undefined}
        className={buttonStyle(look)}
        // A press would close the open popover before the click opens it again.
        onPointerDown={(event) => isOpen && event.preventDefault()}
        onPointerEnter={approach}
        onFocus={approach}
        onClick={() => (isOpen ? close() : prepare ? void open() : setIsOpen(true))}
      >
        {button}
      </button>
      {isOpen && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is given by the caller
        <div
          ref={popupRef}
          id={id}
          popover="auto"
          role={role}
          aria-label={label}
          className={classNames(
            "fixed inset-auto m-0 max-h-[calc(100dvh-1rem)] max-w-[calc(100vw-1rem)] overflow-y-auto rounded border border-line bg-panel text-left text-base whitespace-normal text-ink shadow-popup",
            className,
          )}
          onToggle={(event) => {
            if (event.newState !== "closed") return;
            setIsOpen(false);
            buttonRef.current?.focus({ preventScroll: true });
          }}
          onKeyDown={role === "menu" ? moveInMenu : undefined}
        >
          {children(close)}
        </div>
      )}
    </>
  );
}

const focusable = "a[href], button:not(:disabled), input, select";

function place(popup: HTMLElement, anchor: DOMRect, align: "start" | "end"): void {
  const { width, height } = popup.getBoundingClientRect();
  const left = align === "start" ? anchor.left : anchor.right - width;
  const hasRoomBelow = anchor.bottom + gap + height < window.innerHeight;
  const top = hasRoomBelow ? anchor.bottom + gap : anchor.top - gap - height;
  popup.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  popup.style.top = `${Math.max(8, top)}px`;
}

function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  event.stopPropagation();
  if (step === 0) return;
  event.preventDefault();
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>(focusable)];
  const at = entries.findIndex((entry) => entry === document.activeElement);
  entries[(at + step + entries.length) % entries.length]?.focus();
}

/** The look of an entry in a menu. */
export const menuEntryStyle =
  "flex min-h-8 w-full items-center gap-2 rounded-sm px-2 py-1 text-left text-base hover:bg-raised disabled:text-muted " +
  "disabled:opacity-70 focus-visible:bg-raised focus-visible:-outline-offset-2 [&_svg]:size-4 [&_svg]:shrink-0";
