import { useLocale, useTranslations } from "next-intl";
import { EntryMemo } from "@/components/desk/entry-memo";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { DESK_ZONE } from "@/lib/desk/clock";
import { LEDGER_ACCOUNTS } from "@/lib/payments/ledger";
import type { LedgerForm } from "@/lib/payments/forms";
import type { LedgerEntryFacts } from "@/lib/payments/queries";

interface LedgerTableProps {
  entries: readonly LedgerEntryFacts[];
  query: LedgerForm;
  /** The address of the page; the filters are a plain form. */
  action: string;
}

/** The entries of the ledger, newest first, narrowed by account and days. */
export function LedgerTable({ entries, query, action }: LedgerTableProps) {
  const t = useTranslations("desk.money");
  const locale = useLocale();
  return (
    <section aria-labelledby="ledger" className="space-y-gap">
      <h2 id="ledger" className="text-md">
        {t("ledger")}
      </h2>
      <form action={`${action}#ledger`} method="get" className="flex flex-wrap items-end gap-gap">
        <label className="min-w-48">
          <span className="field-label text-sm">{t("account")}</span>
          <select name="account" defaultValue={query.account ?? ""} className="control">
            <option value="">{t("any")}</option>
            {LEDGER_ACCOUNTS.map((account) => (
              <option key={account} value={account}>
                {t(`accounts.${account}`)}
              </option>
            ))}
          </select>
        </label>
        {(["from", "to"] as const).map((name) => (
          <label key={name}>
            <span className="field-label text-sm">{t(name)}</span>
            <input type="date" name={name} defaultValue={query[name]} className="control" />
          </label>
        ))}
        <button type="submit" className="button button-quiet">
          {t("show")}
        </button>
      </form>
      <Table
        caption={t("ledger")}
        hideCaption
        stacked
        rows={entries}
        rowKey={(row) => row.id}
        empty={<p className="text-ink-soft">{t("empty")}</p>}
        columns={[
          { key: "at", label: t("at"), cell: (row) => formatMoment(row.at, DESK_ZONE, locale) },
          { key: "account", label: t("account"), cell: (row) => t(`accounts.${row.account}`) },
          { key: "contract", label: t("contract"), cell: (row) => row.contract ?? "–" },
          {
            key: "memo",
            label: t("memo"),
            cell: (row) => (
              <>
                <EntryMemo memo={row.tx.memo} />{" "}
                <span className="block text-sm break-all text-ink-soft">{row.tx.reference}</span>
              </>
            ),
          },
          {
            key: "amount",
            label: t("amount"),
            numeric: true,
            cell: (row) => <bdi>{formatMoney(row.amountMinor, row.currency, locale)}</bdi>,
          },
        ]}
      />
    </section>
  );
}
