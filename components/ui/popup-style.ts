/** Menus, selects and popovers: the only surfaces besides dialogs that cast a shadow. */
export const popupStyle =
  "z-50 max-h-(--available-height) overflow-y-auto rounded border border-line bg-panel text-ink shadow-popup outline-none " +
  "origin-(--transform-origin) transition-opacity duration-100 data-starting-style:opacity-0 data-ending-style:opacity-0";

export const popupItemStyle =
  "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-base outline-none select-none " +
  "data-highlighted:bg-raised data-disabled:text-muted data-disabled:opacity-70 [&_svg]:size-4 [&_svg]:shrink-0";
