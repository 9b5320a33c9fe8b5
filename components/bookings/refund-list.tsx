import { useTranslations } from "next-intl";
import { formatBasisPoints, formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { openOf, type RefundQuoteView } from "@/lib/bookings/views/refund-quote";

type Quote = Pick<
  RefundQuoteView,
  "cause" | "refund" | "due" | "returned" | "ends" | "total" | "contracts" | "lines" | "taken"
>;
type Line = Quote["lines"][number];

interface RefundListProps {
  quotes: readonly Quote[];
  /** What the sums count: what was paid, or all that is planned as if it had been. */
  basis: "paid" | "planned";
  currency: string;
  locale: string;
}

/** The refund matrix as sums of this booking, if it ended today: what comes back, what is kept and for what. */
export function RefundList({ quotes, basis, currency, locale }: RefundListProps) {
  const t = useTranslations("my.booking");
  const causes = useTranslations("causes");
  const sum = (amount: number) => formatMoney(BigInt(amount), currency, locale);
  const taken = quotes[0]?.taken.amount ?? 0;
  const returned = quotes[0]?.returned.amount ?? 0;
  const isOfA = quotes[0]?.ends.includes("B") === false;
  if (isAllTaken(quotes)) return <p className="max-w-prose">{t("quoteAllTaken", { sum: sum(taken) })}</p>;
  return (
    <>
      <Table<Quote>
        caption={t("refund")}
        hideCaption
        stacked
        rows={quotes}
        rowKey={(quote) => quote.cause}
        columns={[
          {
            key: "cause",
            label: t("quoteCause"),
            cell: (quote) => (
              <span className="inline-block first-letter:uppercase">
                {causes(quote.cause as "patient_cancels")}
              </span>
            ),
          },
          {
            key: "back",
            label: t(basis === "planned" ? "quoteBackPlanned" : "quoteBack"),
            numeric: true,
            cell: (quote) => <bdi className="font-semibold tabular">{sum(quote.due.amount)}</bdi>,
          },
          {
            key: "kept",
            label: t(basis === "planned" ? "quoteKeptPlanned" : "quoteKept"),
            cell: (quote) => <Kept quote={quote} sum={sum} locale={locale} />,
          },
        ]}
      />
      {isOfA ? <p className="text-sm text-ink-soft">{t("quoteOfA")}</p> : null}
      {returned > 0 ? (
        <p className="text-sm text-ink-soft">{t("quoteReturned", { sum: sum(returned) })}</p>
      ) : null}
      {taken > 0 ? <p className="text-sm text-ink-soft">{t("quoteTaken", { sum: sum(taken) })}</p> : null}
    </>
  );
}

/** Whatever the reason, nothing would come back: all that was paid is with the payer's bank, or asked for by it. */
export function isAllTaken(
  quotes: readonly {
    refund: { amount: number };
    taken: { amount: number };
    total: { paid: { amount: number } };
  }[],
): boolean {
  return (
    quotes.length > 0 &&
    quotes.every(({ refund, taken, total }) => refund.amount + total.paid.amount === 0 && taken.amount > 0)
  );
}

interface KeptProps {
  quote: Quote;
  sum: (amount: number) => string;
  locale: string;
}

/** Each line says how much of it is kept and why. Never more is kept than was paid: what no payment covers is taken off. */
function Kept({ quote, sum, locale }: KeptProps) {
  const t = useTranslations("my.booking");
  const kinds = useTranslations("lineKinds");
  const kept = quote.total.paid.amount - quote.refund.amount;
  const { lessMinor, moreMinor } = openOf(quote);
  const open = [
    ...(lessMinor > 0 ? [t("mayKeep", { sum: sum(lessMinor) })] : []),
    ...(moreMinor > 0 ? [t("mayReturn", { sum: sum(moreMinor) })] : []),
  ];
  if (kept === 0)
    return (
      <>
        <span className="text-ink-soft">{t("keptNothing")}</span>
        <Notes texts={open} />
      </>
    );
  const reasons = keptTogether(quote.lines).map(({ kind, rule, keptBp, kept: ofLine, amount }) => {
    const share = formatBasisPoints(keptBp ?? 0, locale);
    const word = keptBp === null ? (SAID[rule] ?? rule) : rule;
    return t("keptFor", {
      line: kinds.has(kind as "other") ? kinds(kind as "other") : kind,
      sum: sum(ofLine.amount),
      why: t(`keptRule.${word as "delivered"}`, { share, base: sum(amount.amount) }),
    });
  });
  const uncovered = quote.total.kept.amount - kept;
  const uncoveredNote = uncovered > 0 ? [t("keptUncovered", { sum: sum(uncovered) })] : [];
  return (
    <>
      <bdi className="tabular">{sum(kept)}</bdi>
      <Notes texts={[...reasons, ...uncoveredNote, ...open]} />
    </>
  );
}

function Notes({ texts }: { texts: readonly string[] }) {
  return texts.map((text) => (
    <span key={text} className="block text-sm text-ink-soft">
      {text}
    </span>
  ));
}

/** Rules of suppliers that are told otherwise once the supplier has said what it keeps. */
const SAID: Readonly<Record<string, string>> = {
  supplier_rule: "supplier_said",
  own_supplier_rule: "own_supplier_said",
};

/** What is kept, with lines of one kind and for one reason as one. */
function keptTogether(lines: readonly Line[]): Line[] {
  const together = new Map<string, Line>();
  for (const line of lines.filter(({ kept }) => kept.amount > 0)) {
    const key = [line.contract, line.kind, line.rule, line.keptBp].join(" ");
    const other = together.get(key);
    together.set(key, other ? { ...line, ...addedUp(line, other) } : line);
  }
  return [...together.values()];
}

function addedUp(one: Line, other: Line): Pick<Line, "kept" | "amount"> {
  const sum = (name: "kept" | "amount") => ({
    ...one[name],
    amount: one[name].amount + other[name].amount,
  });
  return { kept: sum("kept"), amount: sum("amount") };
}
