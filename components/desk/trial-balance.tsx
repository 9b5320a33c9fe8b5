import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { Table } from "@/components/ui/table";
import type { LedgerAccount } from "@/lib/payments/ledger";

interface Balance {
  account: LedgerAccount;
  currency: string;
  debitMinor: bigint;
  creditMinor: bigint;
}

/** Both sides of every account, and for each currency the proof that they are equal. */
export function TrialBalance({ balances }: { balances: readonly Balance[] }) {
  const t = useTranslations("desk.money");
  const locale = useLocale();
  const currencies = [...new Set(balances.map((row) => row.currency))];
  const sum = (minor: bigint, currency: string) => <bdi>{formatMoney(minor, currency, locale)}</bdi>;
  return (
    <section aria-labelledby="trial" className="space-y-gap">
      <h2 id="trial" className="text-md">
        {t("trial")}
      </h2>
      {currencies.length === 0 ? <p className="text-ink-soft">{t("empty")}</p> : null}
      {currencies.map((currency) => {
        const rows = balances.filter((row) => row.currency === currency);
        const debit = rows.reduce((total, row) => total + row.debitMinor, 0n);
        const credit = rows.reduce((total, row) => total + row.creditMinor, 0n);
        return (
          <div key={currency} className="space-y-1 sm:[&_table]:table-fixed">
            <Table
              caption={currency}
              stacked
              rows={rows}
              rowKey={(row) => row.account}
              columns={[
                { key: "account", label: t("account"), cell: (row) => t(`accounts.${row.account}`) },
                {
                  key: "debit",
                  label: t("debit"),
                  numeric: true,
                  cell: (row) => sum(row.debitMinor, currency),
                },
                {
                  key: "credit",
                  label: t("credit"),
                  numeric: true,
                  cell: (row) => sum(row.creditMinor, currency),
                },
                {
                  key: "balance",
                  label: t("balance"),
                  numeric: true,
                  cell: (row) => sum(row.debitMinor - row.creditMinor, currency),
                },
              ]}
            />
            <StateTag tone={debit === credit ? "good" : "danger"}>
              {t(debit === credit ? "balanced" : "unbalanced", {
                debit: formatMoney(debit, currency, locale),
                credit: formatMoney(credit, currency, locale),
              })}
            </StateTag>
          </div>
        );
      })}
    </section>
  );
}
