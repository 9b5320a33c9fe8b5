import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  label: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers and sums stand at the end of their column. */
  numeric?: boolean;
  /** Left out on a phone: the row says enough without it. */
  wide?: boolean;
  /** A day, a number, a sum: never broken over two lines, except on a phone. */
  whole?: boolean;
  /** A class of its width, so that tables below each other line up. */
  width?: string;
}

interface TableProps<Row> {
  caption: ReactNode;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The caption only for screen readers, where a heading above says the same. */
  hideCaption?: boolean;
  /** What stands in place of rows. */
  empty?: ReactNode;
  /** On a phone each row becomes a block with its labels, for cells that hold sentences. */
  stacked?: boolean;
}

/** The first column names the row. Too wide for a phone, it scrolls in its own box, which the keyboard reaches. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, columns, rows, rowKey, hideCaption = false, empty, stacked = false } = props;
  if (rows.length === 0 && empty !== undefined) return empty;
  // The roles keep it a table for screen readers even where it is drawn as blocks.
  return (
    <div className="overflow-x-auto" role="group" tabIndex={0}>
      <table
        role="table"
        className={`w-full border-collapse text-start ${stacked ? "max-sm:block" : "max-sm:text-sm"}`}
      >
        <caption
          className={
            hideCaption ? "sr-only" : `pb-2 text-start font-semibold ${stacked ? "max-sm:block" : ""}`
          }
        >
          {caption}
        </caption>
        <thead role="rowgroup" className={stacked ? "max-sm:sr-only" : ""}>
          <tr role="row" className="border-b border-edge">
            {columns.map((column) => (
              <th
                key={column.key}
                role="columnheader"
                scope="col"
                className={`px-cell py-cell align-bottom text-sm max-sm:px-1.5 font-semibold text-ink-soft first:ps-0 last:pe-0 ${column.wide ? "max-sm:hidden" : ""} ${column.width ?? ""} ${side(column)}`}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={stacked ? "max-sm:block" : ""}>
          {rows.map((row) => (
            <Line key={rowKey(row)} row={row} columns={columns} stacked={stacked} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function side(column: { numeric?: boolean }): string {
  return column.numeric ? "text-end" : "text-start";
}

interface LineProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  stacked: boolean;
}

function Line<Row>({ row, columns, stacked }: LineProps<Row>) {
  return (
    <tr
      role="row"
      className={`border-b border-line hover:bg-primary-tint/50 ${stacked ? "max-sm:block max-sm:py-3" : ""}`}
    >
      {columns.map((column, index) => {
        const Cell = index === 0 ? "th" : "td";
        const content = column.cell(row);
        const isEmpty = content === null || content === "";
        const block = isEmpty
          ? "max-sm:hidden"
          : index === 0
            ? "max-sm:block max-sm:px-0 max-sm:font-semibold"
            : "max-sm:block max-sm:px-0 max-sm:py-1 max-sm:text-start";
        return (
          <Cell
            key={column.key}
            role={index === 0 ? "rowheader" : "cell"}
            scope={index === 0 ? "row" : undefined}
            className={`px-cell py-cell align-top font-normal first:ps-0 last:pe-0 ${stacked ? block : "max-sm:px-1.5"} ${column.wide ? "max-sm:hidden" : ""} ${column.whole ? "sm:whitespace-nowrap" : ""} ${side(column)}`}
          >
            {stacked && index > 0 ? (
              <span aria-hidden className="text-sm text-ink-soft sm:hidden">
                {column.label}:{" "}
              </span>
            ) : null}
            {content}
          </Cell>
        );
      })}
    </tr>
  );
}
