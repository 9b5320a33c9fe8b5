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

/** The currency prices are told in, and the button that asks for them again. */
export function CurrencyField({ label, currency }: { label: string; currency: string }) {
  const t = useTranslations("clinics.prices");
  return (
    <>
      <div className="space-y-1.5">
        <label className="field-label" htmlFor="currency">
          {label}
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
    </>
  );
}
