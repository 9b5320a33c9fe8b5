import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { BillEntry } from "@/components/payments/bill-entry";
import { SecondLook } from "@/components/desk/second-look";
import { BillMirror } from "@/components/payments/bill-mirror";
import { BillOriginals } from "@/components/payments/bill-originals";
import { EmptyState } from "@/components/ui/empty-state";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { requireCoordinator } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { mayBill } from "@/lib/payments/bill";
import { billsView } from "@/lib/payments/bill-view";
import { billsOfCase } from "@/lib/payments/read-bills";
import { moveCaseAction, takeCaseAction } from "../actions";
import { judgeBillAction, recordBillAction } from "./actions";

interface BillProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bills");
  return { title: t("staffTitle") };
}

/** The hospital's invoices of a case; one may be taken from the centre's letter, with a second person. */
export default async function BillPage({ params }: BillProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const t = await getTranslations("bills");
  const judging = {
    ...{ own: t("judge.own"), confirm: t("judge.confirm") },
    ...{ reason: t("judge.reason"), reject: t("judge.reject") },
  };
  const reads = await billsOfCase(coordinator, id);
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="booking"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <h2 className="text-lg">{t("staffTitle")}</h2>
      {reads.length === 0 ? <EmptyState title={t("noneStaff")} /> : null}
      {reads.map((read) => {
        const bills = billsView(read);
        const writerOf = (billId: string) => read.bills.find((bill) => bill.id === billId)?.enteredById;
        return (
          <div key={bills.bookingId} className="space-y-gap-l py-gap">
            {bills.bills.some((bill) => bill.counts) ? (
              <BillMirror bills={bills} reader="staff" />
            ) : (
              <p>{t("noneStaff")}</p>
            )}
            <BillOriginals
              bills={bills}
              act={(bill) =>
                bill.state === "entered" ? (
                  <SecondLook
                    name="billId"
                    id={bill.id}
                    isOwn={writerOf(bill.id) === coordinator.personId}
                    words={judging}
                    action={judgeBillAction}
                  />
                ) : null
              }
            />
            {mayBill(read.booking, facts.stage) ? (
              <BillEntry
                bills={bills}
                source="letter"
                today={dayOf(now)}
                action={recordBillAction.bind(null, bills.bookingId)}
              />
            ) : null}
          </div>
        );
      })}
    </CaseFrame>
  );
}
