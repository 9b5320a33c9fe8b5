import { useLocale, useTranslations } from "next-intl";
import { EntryMemo } from "@/components/desk/entry-memo";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { DESK_ZONE } from "@/lib/desk/clock";
import { LEDGER_ACCOUNTS } from "@/lib/payments/ledger";
import type { LedgerForm } from "@/lib/payments/forms";
import type { LedgerEntryFacts } from "@/lib/payments/queries";

interface LedgerTableProps {
  entries: readonly LedgerEntryFacts[];
  query: LedgerForm;
  /** What bookings are called, by their id. */
  numbers: ReadonlyMap<string, string>;
  /** The address of the page; the filters are a plain form. */
  action: string;
}

/** The entries of the ledger, newest first, narrowed by account and days. */
export function LedgerTable({ entries, query, numbers, action }: LedgerTableProps) {
  const t = useTranslations("desk.money");
  const locale = useLocale();
  return (
    <section aria-labelledby="ledger" className="space-y-gap">
      <h2 id="ledger" className="text-md">
        {t("ledger")}
      </h2>
      {query.bookingId === undefined ? null : (
        <p>
          {t.rich("ofBooking", { number: () => <bdi>{numbers.get(query.bookingId ?? "") ?? "–"}</bdi> })}{" "}
          <TextLink href={`${action}#ledger`}>{t("ofAll")}</TextLink>
        </p>
      )}
      <form action={`${action}#ledger`} method="get" className="flex flex-wrap items-end gap-gap">
        {query.bookingId === undefined ? null : (
          <input type="hidden" name="bookingId" value={query.bookingId} />
        )}
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
            cell: ({ tx, bookingId }) => <EntryMemo entry={{ ...tx, bookingId }} numbers={numbers} />,
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
