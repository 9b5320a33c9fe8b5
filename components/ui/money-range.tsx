import type { ReactNode } from "react";
import { Price } from "@/components/ui/price";
import { type Axis, placeOn, RangeAxis, type SumRange } from "@/components/ui/range-axis";

export interface RangeWords {
  low: string;
  expected: string;
  high: string;
}

interface MoneyRangeProps {
  range: SumRange;
  locale: string;
  words: RangeWords;
  /** The axis it shares with others beside it; without one it fills its own. */
  axis?: Axis | null;
  /** What makes the sum lower or higher, written at the drawing. */
  causes?: ReactNode;
}

/** The three-number price, each number in words at its place on the axis: the drawing only repeats them. */
export function MoneyRange({ range, locale, words, axis: shared, causes }: MoneyRangeProps) {
  const { lowMinor, expectedMinor, highMinor, currency } = range;
  const axis = shared ?? { fromMinor: lowMinor, toMinor: highMinor };
  const price = (sum: bigint) => <Price amountMinor={sum} currency={currency} locale={locale} short />;
  return (
    <figure className="keep">
      <p className="flex">
        <Gap
          percent={placeOn(axis, expectedMinor)}
          className="min-w-14 max-w-[calc(100%-3.5rem)] flex-none"
        />
        <span className="flex w-0 justify-center">
          <span className="flex-none text-center leading-tight">
            <span className="block text-sm text-ink-soft">{words.expected} </span>
            <strong className="text-lg">{price(expectedMinor)}</strong>
          </span>
        </span>
      </p>
      <RangeAxis range={range} axis={axis} />
      <div className="@container">
        <p className="flex leading-tight @max-[13em]:flex-wrap @max-[13em]:[&>svg]:hidden">
          <Gap percent={placeOn(axis, lowMinor)} className="min-w-0 shrink" />
          <span className="flex-none">
            <span className="block text-sm text-ink-soft">{words.low} </span>
            {price(lowMinor)}
          </span>
          <span className="min-w-3 flex-1"> </span>
          <span className="flex-none text-end">
            <span className="block text-sm text-ink-soft">{words.high} </span>
            {price(highMinor)}
          </span>
          <Gap percent={100 - placeOn(axis, highMinor)} className="min-w-0 shrink" />
        </p>
      </div>
      {causes === undefined ? null : (
        <figcaption className="mt-2 border-t border-line pt-2 text-sm text-ink-soft">{causes}</figcaption>
      )}
    </figure>
  );
}

/** Empty room of a measured width. A drawing carries it, because the policy of signed-in pages allows no style attribute. */
function Gap({ percent, className }: { percent: number; className: string }) {
  return <svg aria-hidden width={`${percent}%`} height="1" className={className} />;
}

/** What pulls the sum towards either end, each written under its own end. */
export function EndCauses({ low, high }: { low: ReactNode; high: ReactNode }) {
  return (
    <span className="flex flex-wrap gap-gap">
      <span className="min-w-0 grow basis-28">{low}</span>
      <span className="min-w-0 grow basis-28 text-end">{high}</span>
    </span>
  );
}
