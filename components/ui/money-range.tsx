import type { ReactNode } from "react";
import { Price } from "@/components/ui/price";

export interface RangeWords {
  low: string;
  expected: string;
  high: string;
  /** The whole range in one sentence, for those who do not see the drawing. */
  sentence: string;
}

interface MoneyRangeProps {
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
  currency: string;
  locale: string;
  words: RangeWords;
  /** What makes the price lower or higher, as a list. */
  causes?: ReactNode;
}

/** The three-number price as a drawn range, with the causes of the spread below. */
export function MoneyRange(props: MoneyRangeProps) {
  const { lowMinor, expectedMinor, highMinor, words, causes } = props;
  const spread = highMinor - lowMinor;
  const share = spread <= 0n ? 0.5 : Number(((expectedMinor - lowMinor) * 1_000n) / spread) / 1_000;
  return (
    <figure className="keep space-y-2">
      <svg role="img" aria-label={words.sentence} width="100%" height="28" className="rtl:-scale-x-100">
        <line x1="1%" x2="99%" y1="14" y2="14" stroke="var(--edge)" strokeWidth="1.5" />
        <line x1="1%" x2={at(share)} y1="14" y2="14" stroke="var(--primary)" strokeWidth="5" opacity="0.35" />
        <line x1="1%" x2="1%" y1="7" y2="21" stroke="var(--ink)" strokeWidth="1.5" />
        <line x1="99%" x2="99%" y1="7" y2="21" stroke="var(--ink)" strokeWidth="1.5" />
        <circle cx={at(share)} cy="14" r="7" fill="var(--primary)" stroke="var(--card)" strokeWidth="2" />
      </svg>
      <dl className="flex flex-wrap justify-between gap-x-3 gap-y-1">
        <Mark label={words.low} amountMinor={lowMinor} {...props} place="text-start" />
        <Mark label={words.expected} amountMinor={expectedMinor} {...props} place="text-center" strong />
        <Mark label={words.high} amountMinor={highMinor} {...props} place="text-end" />
      </dl>
      {causes === undefined ? null : <figcaption className="text-sm text-ink-soft">{causes}</figcaption>}
    </figure>
  );
}

function at(share: number): string {
  return `${(1 + share * 98).toFixed(1)}%`;
}

interface MarkProps {
  label: string;
  amountMinor: bigint;
  currency: string;
  locale: string;
  place: string;
  strong?: boolean;
}

function Mark({ label, amountMinor, currency, locale, place, strong = false }: MarkProps) {
  return (
    <div className={place}>
      <dt className="text-sm text-ink-soft">{label}</dt>
      <dd className={strong ? "text-base font-semibold sm:text-lg" : ""}>
        <Price amountMinor={amountMinor} currency={currency} locale={locale} short />
      </dd>
    </div>
  );
}
