import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { InvoiceTable } from "@/components/desk/invoice-table";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { SeriesTable } from "@/components/desk/series-table";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { invoicesFor, invoicingHindrances, seriesFor } from "@/lib/documents/read-series";
import { requireFinance } from "@/lib/infra/session";
import { pageQuery } from "@/lib/payments/forms";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("invoices.books");
  return { title: t("title") };
}

export default async function PapersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const finance = await requireFinance();
  const query = pageQuery(paramsOf(await searchParams));
  const [series, hindrances, invoices] = await Promise.all([
    seriesFor(finance),
    invoicingHindrances(finance),
    invoicesFor(finance, query),
  ]);
  const t = await getTranslations("invoices.books");
  const kinds = await getTranslations("lineKinds");
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/desk/money/papers`;
  const names = hindrances.untaxed.map((kind) =>
    kinds.has(kind as "other") ? kinds(kind as "other") : kind,
  );
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="papers" />
      <div className="space-y-gap-xl">
        {hindrances.noSeller ? <Notice tone="attention">{t("noSeller")}</Notice> : null}
        {names.length > 0 ? (
          <Notice tone="attention">{t("noRules", { kinds: names.join(", ") })}</Notice>
        ) : null}
        <SeriesTable series={series} />
        <div>
          <InvoiceTable invoices={invoices.items} />
          <Pager
            label={pager("label")}
            firstLabel={pager("first")}
            nextLabel={pager("next")}
            {...(query.cursor ? { first: base } : {})}
            {...(invoices.next ? { next: `${base}?cursor=${encodeURIComponent(invoices.next)}` } : {})}
          />
        </div>
      </div>
    </>
  );
}
