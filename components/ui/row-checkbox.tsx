"use client";

import { useEffect, useRef, type MouseEvent } from "react";

type RowCheckboxProps = {
  isChecked: boolean;
  isIndeterminate?: boolean;
  isDisabled?: boolean;
  /** Gets the click, so that shift can make a range. */
  onToggle: (event: MouseEvent<HTMLInputElement>) => void;
  tabIndex?: number;
  "aria-label": string;
};

/** The browser's own checkbox: a list of hundreds of rows has one in each. */
export function RowCheckbox({
  isChecked,
  isIndeterminate = false,
  isDisabled = false,
  onToggle,
  ...rest
}: RowCheckboxProps) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!ref.current) return;
    ref.current.indeterminate = isIndeterminate && !isChecked;
    // By keyboard it can be turned before the browser has taken over what the server has drawn.
    ref.current.checked = isChecked;
  });
  return (
    <input
      {...rest}
      ref={ref}
      type="checkbox"
      checked={isChecked}
      disabled={isDisabled}
      // The click carries the shift key, which the change does not.
      onClick={onToggle}
      onChange={() => {}}
      className="size-4 cursor-pointer"
    />
  );
}
