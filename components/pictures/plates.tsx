import type { ReactNode } from "react";

interface PlateProps {
  title: string;
  caption: string;
  children: ReactNode;
}

/** One drawing with its words below, as on a page of an atlas. */
export function Plate({ title, caption, children }: PlateProps) {
  return (
    <figure className="keep min-w-0">
      {children}
      <figcaption className="mt-3 text-sm">
        <span className="block font-semibold">{title}</span>
        <span className="text-ink-soft">{caption}</span>
      </figcaption>
    </figure>
  );
}

const COLUMNS = {
  2: "sm:grid-cols-2",
  3: "sm:grid-cols-3",
  4: "sm:grid-cols-4",
} as const;

interface PlatesProps {
  columns: keyof typeof COLUMNS;
  children: ReactNode;
}

/** Drawings side by side, in the order the reader reads. */
export function Plates({ columns, children }: PlatesProps) {
  // On a phone the last of an odd number stands alone, in the middle.
  const alone = columns === 3 ? "max-sm:[&>:last-child]:col-span-2" : "";
  return (
    <div className={`grid grid-cols-2 gap-x-gap-m gap-y-gap-l ${alone} ${COLUMNS[columns]}`}>{children}</div>
  );
}
