import { useTranslations } from "next-intl";
import { PlainSelect } from "@/components/ui/plain-select";
import { LEDGER_ACCOUNTS } from "@/lib/payments/ledger";

interface DayFieldProps {
  name: string;
  label: string;
  value?: string | undefined;
  required?: boolean;
}

function DayField({ name, label, value, required = false }: DayFieldProps) {
  return (
    <label>
      <span className="field-label text-sm">{label}</span>
      <input type="date" name={name} defaultValue={value} required={required} className="control" />
    </label>
  );
}

/** The day whose end the trial balance shows. */
export function BalanceDay({ action, on }: { action: string; on: string | undefined }) {
  const t = useTranslations("books.accounts");
  return (
    <form action={action} method="get" className="flex flex-wrap items-end gap-gap">
      <DayField name="on" label={t("on")} value={on} />
      <button type="submit" className="button button-quiet">
        {t("show")}
      </button>
    </form>
  );
}

interface AccountChoiceProps {
  action: string;
  asked: Readonly<Record<string, string>>;
  currencies: readonly string[];
}

/** Which account in which currency, and from when to when. */
export function AccountChoice({ action, asked, currencies }: AccountChoiceProps) {
  const t = useTranslations("books.accounts");
  const names = useTranslations("desk.money.accounts");
  return (
    <form action={`${action}#statement`} method="get" className="flex flex-wrap items-end gap-gap">
      <label className="min-w-48">
        <span className="field-label text-sm">{t("account")}</span>
        <PlainSelect
          name="account"
          none="–"
          value={asked["account"]}
          options={LEDGER_ACCOUNTS.map((account) => ({ value: account, label: names(account) }))}
        />
      </label>
      <label>
        <span className="field-label text-sm">{t("currency")}</span>
        <PlainSelect
          name="currency"
          none="–"
          value={asked["currency"]}
          options={currencies.map((currency) => ({ value: currency, label: currency }))}
        />
      </label>
      <DayField name="from" label={t("from")} value={asked["from"]} />
      <DayField name="to" label={t("to")} value={asked["to"]} />
      <button type="submit" className="button button-quiet">
        {t("show")}
      </button>
    </form>
  );
}

/** A period of the ledger as a file. */
export function ExportForm({ action, from, to }: { action: string; from: string; to: string }) {
  const t = useTranslations("books.accounts");
  return (
    <section aria-labelledby="export" className="space-y-gap">
      <h2 id="export" className="text-md">
        {t("export")}
      </h2>
      <p className="max-w-prose text-ink-soft">{t("exportLead")}</p>
      <form action={action} method="get" className="flex flex-wrap items-end gap-gap">
        <DayField name="from" label={t("from")} value={from} required />
        <DayField name="to" label={t("to")} value={to} required />
        <button type="submit" className="button button-quiet">
          {t("exportDo")}
        </button>
      </form>
    </section>
  );
}
