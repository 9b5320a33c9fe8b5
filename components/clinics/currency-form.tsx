import { useTranslations } from "next-intl";

/** Currencies visitors are offered for display; contracts stay in the centre's own. */
export const CURRENCIES_OFFERED = [
  "EUR",
  "USD",
  "GBP",
  "CHF",
  "AED",
  "SAR",
  "KWD",
  "RUB",
  "KZT",
  "UAH",
  "CNY",
  "TRY",
  "INR",
];

export function CurrencyForm({ action, currency }: { action: string; currency: string }) {
  const t = useTranslations("clinics.prices");
  return (
    <form action={action} className="no-print flex flex-wrap items-end gap-gap">
      <div className="space-y-1.5">
        <label className="field-label" htmlFor="currency">
          {t("currency")}
        </label>
        <select className="control" id="currency" name="currency" defaultValue={currency}>
          {[...new Set([...CURRENCIES_OFFERED, currency])].map((code) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="button button-quiet">
        {t("show")}
      </button>
    </form>
  );
}
