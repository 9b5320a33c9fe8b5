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
          <div key={key} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
            {/* A figure goes below its term where the term would be left too little room, measured in its own letters. */}
            <dt className="grow basis-28 text-base">{term}</dt>
            {value === undefined ? null : <dd className="font-semibold">{value}</dd>}
            {sentence === undefined ? null : (
              <dd className="w-full text-base font-semibold">
                {typeof sentence === "string" ? <bdi>{sentence}</bdi> : sentence}
              </dd>
            )}
            {source === undefined ? null : (
              <dd className="w-full text-sm text-ink-soft">
                {typeof source === "string" ? <bdi>{source}</bdi> : source}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}
