import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { MonthPanel } from "@/components/desk/month-panel";
import { MonthTable } from "@/components/desk/month-table";
import { PageHeader } from "@/components/ui/page-header";
import { requireFinance } from "@/lib/infra/session";
import { closingsFor } from "@/lib/payments/read-closing";
import { confirmMonthAction, proposeMonthAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("books.months");
  return { title: t("title") };
}

export default async function MonthsPage() {
  const finance = await requireFinance();
  const page = await closingsFor(finance, new Date());
  const t = await getTranslations("books.months");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="months" />
      <div className="space-y-gap-xl">
        <div className="max-w-3xl">
          <MonthPanel
            page={page}
            meId={finance.personId}
            propose={proposeMonthAction}
            confirm={confirmMonthAction}
          />
        </div>
        <MonthTable closings={page.closings} />
      </div>
    </>
  );
}
