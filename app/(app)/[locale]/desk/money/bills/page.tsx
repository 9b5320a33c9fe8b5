import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BillTable } from "@/components/desk/bill-table";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { bookingsToSettle } from "@/lib/desk/queries/bills";
import { requireFinance } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bills.desk");
  return { title: t("title") };
}

export default async function BillsPage() {
  const finance = await requireFinance();
  const bookings = await bookingsToSettle(finance, new Date());
  const t = await getTranslations("bills.desk");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="bills" />
      <BillTable bookings={bookings} />
    </>
  );
}
