import type { ReactNode } from "react";

export interface Fact {
  term: ReactNode;
  value: ReactNode;
  /** Where the number comes from: "of 412, 2024, quality report". Stands small beside it. */
  source?: ReactNode;
  /** Sentences, not a figure: stands under its term, set like text. */
  prose?: boolean;
}

/** A label that reads like the one on a medicine box: term, value, and the source beside every number. */
export function FactsLabel({ heading, facts }: { heading?: ReactNode; facts: readonly Fact[] }) {
  return (
    <div className="keep rounded-md border-2 border-ink bg-card p-4">
      {heading === undefined ? null : (
        <div className="mb-1 border-b-4 border-ink pb-1 text-lg font-semibold">{heading}</div>
      )}
      <DefinitionList facts={facts} />
    </div>
  );
}

/** Terms and values in two columns, one column on a phone. */
export function DefinitionList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line">
      {facts.map((fact, index) => (
        // Facts are a fixed list of one page and never change places.
        <div
          key={index}
          className={`py-cell ${isProse(fact) ? "" : "flex flex-wrap items-baseline justify-between gap-x-4"}`}
        >
          <dt className="text-ink-soft">{fact.term}</dt>
          <dd
            dir={isProse(fact) ? "auto" : undefined}
            className={
              isProse(fact)
                ? "max-w-prose wrap-anywhere [unicode-bidi:plaintext]"
                : `min-w-0 font-semibold ${sideOf(fact)}`
            }
          >
            {fact.value}
            {fact.source === undefined ? null : (
              <span className="block text-sm font-normal text-ink-soft">{fact.source}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Beside its term a value stands at the end by itself; below it, for want of room, it begins where the term does. */
function sideOf({ source }: Fact): string {
  return source === undefined ? "" : "ms-auto text-end";
}

/** Text too long to stand beside its term is read as prose without being told. */
function isProse({ prose, value }: Fact): boolean {
  return prose ?? (typeof value === "string" && value.length > 60);
}
