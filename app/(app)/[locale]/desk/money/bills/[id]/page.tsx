import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { BillHindrances } from "@/components/payments/bill-hindrances";
import { BillMatching } from "@/components/payments/bill-matching";
import { BillMirror } from "@/components/payments/bill-mirror";
import { BillOriginals } from "@/components/payments/bill-originals";
import { BillSettling } from "@/components/payments/bill-settling";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { formatDay } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { requireFinance } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { isUuid } from "@/lib/kernel/ids";
import { backBy, maySettle } from "@/lib/payments/bill";
import { billsView } from "@/lib/payments/bill-view";
import { billsOfBooking } from "@/lib/payments/read-bills";
import { hindrancesFor } from "@/lib/payments/read-hindrances";
import { settlingFor } from "@/lib/payments/read-settling";
import { readTripStage } from "@/lib/payments/read-trip-stage";
import { matchBillsAction, settleBillsAction } from "./actions";

interface BillProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bills");
  return { title: t("staffTitle") };
}

/** Finance compares the hospital's invoice with what was agreed, and closes the account by it. */
export default async function BillPage({ params }: BillProps) {
  const finance = await requireFinance();
  const { id } = await params;
  const read = isUuid(id) ? await billsOfBooking(finance, id) : null;
  const trip = read && (await readTripStage(finance, id));
  if (!read || !trip) notFound();
  const t = await getTranslations("bills");
  const locale = await getLocale();
  const now = new Date();
  const base = `/${locale}/desk/money`;
  const bills = billsView(read);
  const counts = bills.bills.some((bill) => bill.counts);
  const hindrances = await hindrancesFor(finance, read, trip);
  const { refundMinor, loweredMinor } = await settlingFor(finance, read);
  const isOpen = maySettle(read.booking, trip.stage) && (!read.account?.finishedAt || !bills.account?.stands);
  const dueAt = isOpen ? backBy(read.bills, trip.leftAt) : null;
  const moves = { refund: Number(refundMinor), lowered: Number(loweredMinor) };
  return (
    <>
      <PageHeader
        above={
          <Breadcrumbs label={t("desk.title")} crumbs={[{ href: `${base}/bills`, label: t("desk.back") }]} />
        }
        title={t.rich("desk.open", {
          name: () => <bdi className="whitespace-nowrap">{bills.bookingNumber}</bdi>,
        })}
        lead={t("staffLead")}
      />
      <div className="space-y-gap-l">
        {dueAt ? (
          <Notice tone={dueAt < now ? "danger" : "info"}>
            <p>{t(dueAt < now ? "desk.overdue" : "desk.dueBy", { day: formatDay(dayOf(dueAt), locale) })}</p>
          </Notice>
        ) : null}
        {counts ? <BillMirror bills={bills} reader="staff" /> : <p>{t("noneStaff")}</p>}
        <BillOriginals bills={bills} />
        {counts && bills.account?.stands !== true ? (
          <BillMatching bills={bills} action={matchBillsAction.bind(null, id)} />
        ) : null}
        {hindrances.length === 0 ? (
          <BillSettling bills={bills} moves={moves} action={settleBillsAction.bind(null, id)} />
        ) : (
          <BillHindrances hindrances={hindrances} currency={bills.currency} />
        )}
      </div>
    </>
  );
}
