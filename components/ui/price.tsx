import { formatMoney, formatMoneyShort } from "@/components/ui/format";

interface PriceProps {
  amountMinor: bigint;
  currency: string;
  locale: string;
  /** Without decimals where there are none to tell: for cards and ranges, never for a bill. */
  short?: boolean;
}

/** A sum as one unbroken piece, left to right even in Arabic text. */
export function Price({ amountMinor, currency, locale, short = false }: PriceProps) {
  const write = short ? formatMoneyShort : formatMoney;
  return <bdi className="whitespace-nowrap">{write(amountMinor, currency, locale)}</bdi>;
}
