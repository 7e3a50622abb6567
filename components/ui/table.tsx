import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

/** The parts of a dense table: 36 px rows, hairlines, numbers at the right with `isNumeric`. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    <div className="relative overflow-x-auto">
      <table {...rest} className={classNames("w-full border-collapse text-base", className)} />
    </div>
  );
}

export function TableHead(props: ComponentProps<"thead">) {
  return <thead {...props} />;
}

export function TableBody(props: ComponentProps<"tbody">) {
  return <tbody {...props} />;
}

export function TableRow({
  className,
  isSelected = false,
  ...rest
}: ComponentProps<"tr"> & { isSelected?: boolean }) {
  return (
    <tr
      {...rest}
      data-selected={isSelected || undefined}
      className={classNames("group border-b border-line last:border-b-0 data-selected:bg-raised", className)}
    />
  );
}

export function TableHeader({
  className,
  isNumeric = false,
  ...rest
}: ComponentProps<"th"> & { isNumeric?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames(
        "h-9 border-b border-line px-2.5 text-small font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4",
        isNumeric ? "text-right" : "text-left",
        className,
      )}
    />
  );
}

export function TableCell({
  className,
  isNumeric = false,
  ...rest
}: ComponentProps<"td"> & { isNumeric?: boolean }) {
  return (
    <td
      {...rest}
      className={classNames(
        "h-9 px-2.5 py-1 first:pl-4 last:pr-4",
        isNumeric ? "text-right whitespace-nowrap" : "text-left",
        className,
      )}
    />
  );
}
