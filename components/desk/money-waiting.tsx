import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import type { MoneyWaiting } from "@/lib/payments/read-money-waiting";

const PLACES = {
  refunds: "#refunds",
  transfers: "#unmatched",
  movements: "#movements",
  releases: "/releases#waiting",
  returns: "/returns#waiting",
  disputes: "/disputes#waiting",
} as const satisfies Record<keyof MoneyWaiting, string>;

interface Balance {
  currency: string;
  debitMinor: bigint;
  creditMinor: bigint;
}

interface MoneyWaitingProps {
  waiting: MoneyWaiting;
  balances: readonly Balance[];
}

/** What waits for finance, each with the way to it, and in one line whether the books balance. */
export function MoneyWaitingList({ waiting, balances }: MoneyWaitingProps) {
  const t = useTranslations("desk.money.waiting");
  const locale = useLocale();
  const base = `/${locale}/desk/money`;
  const places = Object.entries(PLACES) as [keyof MoneyWaiting, string][];
  const some = places.filter(([place]) => waiting[place] > 0);
  return (
    <section aria-labelledby="waits" className="space-y-gap">
      <h2 id="waits" className="text-md">
        {t("title")}
      </h2>
      {some.length === 0 ? <p className="text-ink-soft">{t("none")}</p> : null}
      <ul className="grid max-w-3xl gap-x-gap-l sm:grid-cols-2">
        {some.map(([place, href]) => (
          <li
            key={place}
            className="flex min-h-control items-center justify-between gap-gap border-b border-line"
          >
            <TextLink href={`${base}${href}`}>{t(place)}</TextLink>
            <span className="font-semibold tabular-nums">{formatNumber(waiting[place], locale)}</span>
          </li>
        ))}
      </ul>
      <p>
        {t(isBalanced(balances) ? "balanced" : "unbalanced")}{" "}
        <TextLink href={`${base}/accounts`}>{t("accounts")}</TextLink>
      </p>
    </section>
  );
}

/** Whether debits and credits are equal in every currency. */
function isBalanced(balances: readonly Balance[]): boolean {
  const sums = new Map<string, bigint>();
  for (const { currency, debitMinor, creditMinor } of balances)
    sums.set(currency, (sums.get(currency) ?? 0n) + debitMinor - creditMinor);
  return [...sums.values()].every((sum) => sum === 0n);
}
