import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  label: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers and sums stand at the end of their column. */
  numeric?: boolean;
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
}

/** The first column names the row. Too wide for a phone, it scrolls in its own box, which the keyboard reaches. */
export function Table<Row>({ caption, columns, rows, rowKey, hideCaption = false, empty }: TableProps<Row>) {
  if (rows.length === 0 && empty !== undefined) return empty;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A box that scrolls must be reached by keyboard.
    <div className="overflow-x-auto" role="group" tabIndex={0}>
      <table className="w-full border-collapse text-start">
        <caption className={hideCaption ? "sr-only" : "pb-2 text-start font-semibold"}>{caption}</caption>
        <thead>
          <tr className="border-b border-edge">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`px-cell py-cell align-bottom text-sm font-semibold text-ink-soft first:ps-0 last:pe-0 ${column.numeric ? "text-end" : "text-start"}`}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={rowKey(row)} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <tr className="border-b border-line hover:bg-primary-tint/50">
      {columns.map((column, index) => {
        const Cell = index === 0 ? "th" : "td";
        return (
          <Cell
            key={column.key}
            scope={index === 0 ? "row" : undefined}
            className={`px-cell py-cell align-top font-normal first:ps-0 last:pe-0 ${column.numeric ? "text-end" : "text-start"}`}
          >
            {column.cell(row)}
          </Cell>
        );
      })}
    </tr>
  );
}
