import { useTranslations } from "next-intl";
import { CurrencyField } from "./currency-field";

/** Asks a page of prices again in another currency; a plain form. */
export function CurrencyForm({ action, currency }: { action: string; currency: string }) {
  const t = useTranslations("clinics.prices");
  return (
    <form action={action} className="no-print flex flex-wrap items-end gap-gap">
      <CurrencyField label={t("currency")} currency={currency} />
    </form>
  );
}
