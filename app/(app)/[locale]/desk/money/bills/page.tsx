import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BillFilters } from "@/components/desk/bill-filters";
import { BillScores } from "@/components/desk/bill-scores";
import { BillTable } from "@/components/desk/bill-table";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { billScores } from "@/lib/desk/queries/bill-scores";
import { bookingsToSettle } from "@/lib/desk/queries/bills";
import { requireFinance } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bills.desk");
  return { title: t("title") };
}

export default async function BillsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const finance = await requireFinance();
  const { clinic = "", state = "" } = paramsOf(await searchParams);
  const [bookings, scores] = await Promise.all([bookingsToSettle(finance, new Date()), billScores(finance)]);
  const csv = `/${await getLocale()}/desk/money/bills/export`;
  const t = await getTranslations("bills.desk");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="bills" />
      <div className="space-y-gap-xl">
        <div className="space-y-gap">
          <BillFilters bookings={bookings} clinic={clinic} state={state} />
          <BillTable
            bookings={bookings.filter(
              (one) => (clinic === "" || one.clinicId === clinic) && (state === "" || one.place === state),
            )}
          />
        </div>
        <BillScores scores={scores} csv={csv} />
      </div>
    </>
  );
}
