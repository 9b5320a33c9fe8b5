import { useLocale, useTranslations } from "next-intl";
import { EntryMemo } from "@/components/desk/entry-memo";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { AccountStatement } from "@/lib/payments/read-account";

/** One account, oldest entry first, with the balance after each. */
export function AccountTable({
  statement,
  numbers,
}: {
  statement: AccountStatement;
  /** What bookings are called, by their id. */
  numbers: ReadonlyMap<string, string>;
}) {
  const t = useTranslations("books.accounts");
  const names = useTranslations("desk.money.accounts");
  const locale = useLocale();
  const { account, currency, openingMinor, rows } = statement;
  const sum = (minor: bigint) => <bdi>{formatMoney(minor, currency, locale)}</bdi>;
  return (
    <div className="space-y-gap">
      <p>{t("opening", { amount: formatMoney(openingMinor, currency, locale) })}</p>
      <Table
        caption={`${names(account)}, ${currency}`}
        stacked
        rows={rows}
        rowKey={(row) => row.id}
        empty={<p className="text-ink-soft">{t("none")}</p>}
        columns={[
          { key: "at", label: t("at"), cell: (row) => formatMoment(row.at, DESK_ZONE, locale) },
          {
            key: "what",
            label: t("what"),
            cell: (row) => <EntryMemo entry={row} numbers={numbers} />,
          },
          { key: "contract", label: t("contract"), cell: (row) => row.contract ?? "–" },
          { key: "amount", label: t("amount"), numeric: true, cell: (row) => sum(row.amountMinor) },
          { key: "balance", label: t("balance"), numeric: true, cell: (row) => sum(row.balanceMinor) },
        ]}
      />
    </div>
  );
}
