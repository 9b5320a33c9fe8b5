import type { ReactNode } from "react";

export interface LabelLine {
  key: string;
  term: ReactNode;
  value?: ReactNode;
  /** Where the number comes from and when: it never stands without. */
  source?: ReactNode;
  /** A sentence instead of a figure: stands under its term. */
  sentence?: ReactNode;
}

/** One part of the label: a heavy rule, its name, then lines of term, figure and source. */
export function LabelGroup({ title, lines }: { title: ReactNode; lines: readonly LabelLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section className="border-t-4 border-ink pt-2 pb-1">
      <h3 className="text-base font-semibold font-sans!">{title}</h3>
      <dl className="divide-y divide-line">
        {lines.map(({ key, term, value, source, sentence }) => (
          <div key={key} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 py-1.5">
            <dt className="text-base">{term}</dt>
            {value === undefined ? null : <dd className="text-end font-semibold">{value}</dd>}
            {sentence === undefined ? null : (
              <dd className="col-span-2 text-base font-semibold">
                {typeof sentence === "string" ? <bdi>{sentence}</bdi> : sentence}
              </dd>
            )}
            {source === undefined ? null : (
              <dd className="col-span-2 text-sm text-ink-soft">
                {typeof source === "string" ? <bdi>{source}</bdi> : source}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}
