import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CorrectionForm } from "@/components/desk/correction-form";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { MonthPanel } from "@/components/desk/month-panel";
import { MonthTable } from "@/components/desk/month-table";
import { PageHeader } from "@/components/ui/page-header";
import { requireFinance } from "@/lib/infra/session";
import { newId } from "@/lib/kernel/ids";
import { closingsFor } from "@/lib/payments/read-closing";
import { confirmMonthAction, proposeMonthAction, recordCorrectionAction } from "./actions";

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
        <CorrectionForm once={newId()} action={recordCorrectionAction} />
      </div>
    </>
  );
}
