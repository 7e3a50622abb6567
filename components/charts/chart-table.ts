import type { GroupMark } from "./group-marks.ts";

/** A chart in text. `remark` stands below the text of a cell: an interval, or what is known instead. */
export type ChartCell = { text: string; remark?: string | null; isMuted?: boolean };

export type ChartTableColumn = { label: string; title?: string; isText?: boolean };

export type ChartTable = {
  /** Says what the table shows, to screen readers. */
  caption: string;
  /** The first column names the row. */
  columns: readonly ChartTableColumn[];
  rows: readonly ChartTableRow[];
};

export type ChartTableRow = {
  key: string;
  name: string;
  /** Where the row is a group: its mark, drawn before the name. */
  mark?: GroupMark;
  cells: readonly ChartCell[];
};

/** A cell for something that is not known or does not exist. */
export const emptyCell: ChartCell = { text: "—", isMuted: true };
