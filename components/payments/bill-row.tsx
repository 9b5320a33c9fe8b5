import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Quantity, Said } from "@/components/estimates/product-words";
import { formatMoney } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { aloneWord } from "@/lib/payments/bill";
import type { BilledLineView, BillRow } from "@/lib/payments/bill-view";

export type BillReader = "patient" | "family" | "staff";

interface BilledRowProps {
  row: BillRow;
  reader: BillReader;
}

/** One agreed line, and what was billed for it. */
export function BilledRow({ row, reader }: BilledRowProps) {
  const t = useTranslations("bills");
  const locale = useLocale();
  const kinds = useTranslations("lineKinds");
  const { agreed, billed, label, kind, quantity, unit, estimate, cause, note } = row;
  const sum = (amount: number) => formatMoney(BigInt(amount), agreed.currency, locale);
  const difference = billed.amount - agreed.amount;
  const isEven = cause === "as_estimated" || cause === "change_order";
  return (
    <Pair
      reader={reader}
      isJoined={row.lines.length > 0}
      isStrong={!isEven}
      agreed={
        <>
          <Line name={label ? <Said text={label} /> : nameOf(kinds, kind)} sum={sum(agreed.amount)} />
          <p className="text-sm text-ink-soft">
            <Quantity quantity={quantity} unit={unit} />{" "}
            {estimate
              ? t("estimate", { low: sum(estimate.low.amount), high: sum(estimate.high.amount) })
              : t(reader === "patient" ? "addedByChange" : "addedByChangeStaff")}
          </p>
        </>
      }
      billed={
        <>
          {row.lines.map((line) => (
            <Billed key={line.id} line={line} reader={reader} />
          ))}
          <p className={isEven ? "text-ink-soft" : "font-semibold"}>
            {t(`${reader === "patient" ? "cause" : "causeStaff"}.${causeWord(cause, difference)}`, {
              sum: sum(Math.abs(difference)),
            })}
          </p>
          {note ? <Note text={note} /> : null}
        </>
      }
    />
  );
}

interface AloneRowProps {
  line: BilledLineView;
  reader: BillReader;
}

/** A billed line that stands for no agreed one: the left side stays empty. Within the agreed sum it is owed all the same. */
export function AloneRow({ line, reader }: AloneRowProps) {
  const t = useTranslations("bills");
  const word = aloneWord(line.cause, BigInt(line.waiting.amount + line.notOwed.amount));
  return (
    <Pair
      reader={reader}
      isJoined={false}
      isStrong
      agreed={<p className="text-ink-soft">–</p>}
      billed={
        <>
          <Billed line={line} reader={reader} />
          <p className="font-semibold">{t(`${reader === "patient" ? "cause" : "causeStaff"}.${word}`)}</p>
        </>
      }
    />
  );
}

interface PairProps {
  reader: BillReader;
  isJoined: boolean;
  isStrong: boolean;
  agreed: ReactNode;
  billed: ReactNode;
}

/** The two sides with the line that joins them: drawn through where they agree, in ink where they differ, dashed to nothing. */
function Pair({ reader, isJoined, isStrong, agreed, billed }: PairProps) {
  const t = useTranslations("bills");
  const isPatient = reader === "patient";
  const line = isJoined
    ? isStrong
      ? "border-solid border-ink"
      : "border-solid border-primary"
    : "border-dashed border-edge";
  return (
    <li className="relative grid gap-x-10 gap-y-2 py-gap-m sm:grid-cols-2">
      <div className="min-w-0 space-y-1">
        <Side name={t(isPatient ? "agreed" : "agreedStaff")} />
        {agreed}
      </div>
      <span
        aria-hidden
        className={`absolute start-[calc(50%-0.75rem)] top-[calc(var(--gap-m)+0.75em)] hidden w-6 border-t-2 sm:block ${line}`}
      />
      <div className={`min-w-0 space-y-1 max-sm:border-s-2 max-sm:ps-4 ${line}`}>
        <Side name={t(isPatient ? "billed" : "billedStaff")} />
        {billed}
      </div>
    </li>
  );
}

/** Whose side it is; where there are two columns their heads say it to the eye. */
function Side({ name }: { name: string }) {
  return <p className="text-sm text-ink-soft sm:sr-only">{name}</p>;
}

function Line({ name, sum }: { name: ReactNode; sum: string }) {
  return (
    <p className="flex flex-wrap items-baseline justify-between gap-x-4 sm:flex-nowrap">
      <span className="min-w-0 wrap-anywhere">{name}</span>
      <bdi className="ms-auto min-w-0 wrap-anywhere tabular sm:shrink-0 sm:whitespace-nowrap">{sum}</bdi>
    </p>
  );
}

function Billed({ line, reader }: AloneRowProps) {
  const t = useTranslations("bills");
  const locale = useLocale();
  const sum = (amount: number) => formatMoney(BigInt(amount), line.amount.currency, locale);
  const isPatient = reader === "patient";
  const { code, quantity, unit, note } = line;
  const isFamily = reader === "family";
  const waiting = isFamily ? 0 : line.waiting.amount;
  const notOwed = line.notOwed.amount + (isFamily ? line.waiting.amount : 0);
  return (
    <div className="space-y-1">
      <Line name={<bdi dir="auto">{line.wording}</bdi>} sum={sum(line.amount.amount)} />
      {quantity === 1 && !code ? null : (
        <p className="text-sm text-ink-soft">
          <Quantity quantity={quantity} unit={unit} /> {code ? <bdi>{t("code", { code })}</bdi> : null}
        </p>
      )}
      {waiting > 0 ? (
        <StateTag tone="attention">
          {t(isPatient ? "waiting" : "waitingStaff", { sum: sum(waiting) })}
        </StateTag>
      ) : null}
      {notOwed > 0 ? (
        <StateTag tone="good">{t(isPatient ? "notOwed" : "notOwedStaff", { sum: sum(notOwed) })}</StateTag>
      ) : null}
      {note ? <Note text={note} /> : null}
    </div>
  );
}

function Note({ text }: { text: string }) {
  return (
    <p className="max-w-prose text-ink-soft">
      <bdi dir="auto">{text}</bdi>
    </p>
  );
}

function nameOf(kinds: { has(key: "other"): boolean; (key: "other"): string }, kind: string): string {
  return kinds.has(kind as "other") ? kinds(kind as "other") : kind;
}

function causeWord(cause: BillRow["cause"], difference: number) {
  if (cause === "quantity_differs")
    return difference === 0 ? "quantity_same" : difference > 0 ? "quantity_more" : "quantity_less";
  if (cause === "price_differs") return difference > 0 ? "price_more" : "price_less";
  return cause;
}
