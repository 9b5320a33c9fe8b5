import { useLocale } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { formatMoney } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";

interface MoneyRowProps {
  /** The sum, with its state below it where it has one. */
  sum: ReactNode;
  /** What it is: for what, whose, and what happened to it. */
  children: ReactNode;
  /** What is to be done with it. */
  acts?: ReactNode;
  id?: string;
}

/** One sum of a list of the desk's money: the sum, its story and its acts, each under that of the row before. */
export function MoneyRow({ sum, children, acts, id }: MoneyRowProps) {
  return (
    <li
      id={id}
      className="grid items-start gap-x-4 gap-y-2 py-gap sm:grid-cols-[11rem_minmax(0,1fr)] lg:grid-cols-[11rem_minmax(0,1fr)_16rem]"
    >
      <div className="space-y-1 font-semibold tabular">{sum}</div>
      <div className="min-w-0">{children}</div>
      {acts ? <div className="min-w-0 sm:col-start-2 lg:col-start-3">{acts}</div> : null}
    </li>
  );
}

interface StatedSumProps {
  amountMinor: bigint;
  currency: string;
  tone: ComponentProps<typeof StateTag>["tone"];
  /** Its state, in words. */
  children: ReactNode;
}

/** A sum with its state below it. */
export function StatedSum({ amountMinor, currency, tone, children }: StatedSumProps) {
  const locale = useLocale();
  return (
    <>
      <bdi className="block">{formatMoney(amountMinor, currency, locale)}</bdi>
      <StateTag tone={tone}>{children}</StateTag>
    </>
  );
}
