import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BillMirror } from "@/components/payments/bill-mirror";
import { BillOriginals } from "@/components/payments/bill-originals";
import { BillQuestion } from "@/components/payments/bill-question";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { billsView } from "@/lib/payments/bill-view";
import { billsOfCase } from "@/lib/payments/read-bills";
import { statementsOfCase } from "@/lib/payments/read-statement";
import { readTripStage } from "@/lib/payments/read-trip-stage";
import { statementView } from "@/lib/payments/statement-view";
import { askAboutBillAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bills");
  return { title: t("title") };
}

/** The hospital's original invoice beside what the patient agreed to, line by line. */
export default async function BillPage({ params }: { params: Promise<{ id: string }> }) {
  const patient = await requirePatient();
  const { id } = await params;
  const reads = isUuid(id) ? await billsOfCase(patient, id) : [];
  const [first] = reads;
  const isFamily = first ? (await readTripStage(patient, first.booking.id))?.stage === "deceased" : false;
  const t = await getTranslations("bills");
  const locale = await getLocale();
  const statements = reads.length > 0 ? await statementsOfCase(patient, id, new Date()) : [];
  const money = new Map(
    statements.map((read) => [read.booking.id, statementView(read, locale).finalBill] as const),
  );
  const views = reads.map(billsView).filter((view) => view.bills.length > 0);
  return (
    <div className="space-y-gap-l">
      <PageHeader title={t("title")} lead={t(isFamily ? "leadFamily" : "lead")} />
      {isFamily ? (
        <Notice>
          <p className="max-w-prose">{t("family")}</p>
        </Notice>
      ) : null}
      {views.length === 0 ? (
        <EmptyState title={t("none")}>{t(isFamily ? "noneFamily" : "noneLead")}</EmptyState>
      ) : null}
      {views.map((view) => (
        <div key={view.bookingId} className="space-y-gap-l">
          <BillMirror
            bills={view}
            reader={isFamily ? "family" : "patient"}
            statement={`/${locale}/my/cases/${id}/statement`}
            finalBill={money.get(view.bookingId)}
          />
          <BillOriginals bills={view} />
          <BillQuestion bills={view} action={askAboutBillAction.bind(null, id)} />
        </div>
      ))}
    </div>
  );
}
