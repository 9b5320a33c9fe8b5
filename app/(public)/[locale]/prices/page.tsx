import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CurrencyForm } from "@/components/clinics/currency-form";
import { PriceTables } from "@/components/clinics/price-tables";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PlainLink } from "@/components/ui/plain-link";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { priceTable } from "@/lib/clinics/published";
import { isCurrency } from "@/lib/kernel/money";

interface Props {
  searchParams: Promise<{ currency?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinics.prices");
  return {
    title: t("title"),
    description: t("description"),
    alternates: alternatesOf(await getLocale(), "/prices", "clinics"),
  };
}

export default async function PricesPage({ searchParams }: Props) {
  const locale = await getLocale();
  const t = await getTranslations("clinics.prices");
  const { currency: wished } = await searchParams;
  const currency = typeof wished === "string" && isCurrency(wished) ? wished : "EUR";
  const table = await priceTable(currency, new Date());
  return (
    <OwnWords of="clinics">
      <PageHeader
        title={t("title")}
        lead={
          <>
            <p>{t("lead")}</p>
            <p className="mt-2">
              {t("fee")} <PlainLink href={`/${locale}/who-pays-us`}>{t("feeLink")}</PlainLink>
            </p>
          </>
        }
      />
      <div className="space-y-gap-m">
        <CurrencyForm action={`/${locale}/prices`} currency={currency} />
        {table === null ? <EmptyState title={t("none")} /> : <PriceTables table={table} locale={locale} />}
      </div>
    </OwnWords>
  );
}
