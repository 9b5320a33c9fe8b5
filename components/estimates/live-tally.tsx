"use client";

import { useEffect, useRef, useState } from "react";
import { EstimateTally, type TallyWords } from "@/components/estimates/estimate-tally";
import { formatMoney } from "@/components/ui/format";
import { useRefusal } from "@/components/ui/form-context";
import { type SummedLine, summedLines, type TallyTerms, typedTally } from "@/lib/desk/estimate-tally";
import { type Currency, isCurrency } from "@/lib/kernel/money";

interface LiveTallyProps {
  first: { currency: string; lines: readonly SummedLine[] };
  terms: TallyTerms;
  words: TallyWords;
  locale: string;
}

interface Typed {
  currency: Currency;
  lines: readonly SummedLine[];
}

/** So long nothing more is typed before the new total is read out. */
const QUIET_MS = 1500;

/**
 * What the lines of the form around come to while they are typed; without scripts, what they came to when it was sent. The
 * total stays in sight beside a long list of lines. Stands right in the form.
 */
export function LiveTally({ first, terms, words, locale }: LiveTallyProps) {
  const box = useRef<HTMLDivElement>(null);
  const { values, hasValues } = useRefusal();
  const [typed, setTyped] = useState<Typed | null>(null);
  const [told, setTold] = useState("");

  useEffect(() => {
    const form = box.current?.closest("form");
    if (!form) return;
    let isComing = false;
    // Many fields put back at once are one change.
    const hear = () => {
      if (isComing) return;
      isComing = true;
      queueMicrotask(() => {
        isComing = false;
        setTyped(typedIn(new FormData(form)));
      });
    };
    hear();
    form.addEventListener("input", hear);
    return () => form.removeEventListener("input", hear);
  }, []);

  const sent = hasValues ? typedIn(Object.entries(values)) : null;
  const { currency, lines } = typed ?? sent ?? firstOf(first);
  const tally = typedTally(lines, currency, terms);
  const { lowMinor, expectedMinor, highMinor } = tally.totals.required;
  const money = (minor: bigint) => formatMoney(minor, currency, locale);
  const [low, expected, high] = [money(lowMinor), money(expectedMinor), money(highMinor)];
  const total = `${words.needed}: ${words.low} ${low}, ${words.expected} ${expected}, ${words.high} ${high}`;

  // Not with every key: once the hand rests.
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (typed === null || before.current === total) return;
    const isFirst = before.current === null;
    before.current = total;
    if (isFirst) return;
    const timer = setTimeout(() => setTold(total), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed, total]);

  return (
    <>
      <p className="no-print z-10 -mx-2 border-t border-line bg-card px-2 py-2 [@media(min-height:32rem)]:sticky [@media(min-height:32rem)]:bottom-0">
        {words.needed}: <bdi className="font-semibold tabular">{expected}</bdi>
        {low === high ? null : (
          <span className="text-ink-soft">
            {" "}
            (<bdi className="tabular">{low}</bdi> – <bdi className="tabular">{high}</bdi>)
          </span>
        )}
      </p>
      <div ref={box}>
        <p className="field-hint hidden noscript:block">{words.plain}</p>
        <EstimateTally tally={tally} currency={currency} words={words} locale={locale} />
        <p role="status" aria-live="polite" className="sr-only">
          {told}
        </p>
      </div>
    </>
  );
}

function typedIn(fields: Iterable<readonly [string, unknown]>): Typed | null {
  const all = [...fields];
  const [, currency] = all.find(([name]) => name === "currency") ?? [];
  return typeof currency === "string" && isCurrency(currency) ? { currency, lines: summedLines(all) } : null;
}

function firstOf({ currency, lines }: LiveTallyProps["first"]): Typed {
  if (!isCurrency(currency)) throw new RangeError(`${currency} is not a currency the portal knows.`);
  return { currency, lines };
}
