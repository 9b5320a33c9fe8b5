import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { BillEntry } from "@/components/payments/bill-entry";
import { BillMatching } from "@/components/payments/bill-matching";
import { BillMirror } from "@/components/payments/bill-mirror";
import { BillOriginals } from "@/components/payments/bill-originals";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { requireClinicManager } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { isUuid } from "@/lib/kernel/ids";
import { mayBill } from "@/lib/payments/bill";
import { billsView } from "@/lib/payments/bill-view";
import { billsOfBooking } from "@/lib/payments/read-bills";
import { readTripStage } from "@/lib/payments/read-trip-stage";
import { matchBillsAction, recordBillAction } from "./actions";

interface BillProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bills");
  return { title: t("staffTitle") };
}

/** The centre enters its original invoice, and says which of its lines stands for which agreed one. */
export default async function BillPage({ params }: BillProps) {
  const manager = await requireClinicManager();
  const { id } = await params;
  const read = isUuid(id) ? await billsOfBooking(manager, id) : null;
  const trip = read && (await readTripStage(manager, id));
  if (!read || !trip) notFound();
  const t = await getTranslations("bills");
  const words = await getTranslations("cabinet");
  const base = `/${await getLocale()}/cabinet/bookings`;
  const bills = billsView(read);
  const crumbs = [
    { href: base, label: words("bookings.title") },
    { href: `${base}/${id}`, label: bills.bookingNumber },
  ];
  const counts = bills.bills.some((bill) => bill.counts);
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={words("review.crumbs")} crumbs={crumbs} />}
        title={t("staffTitle")}
        lead={t("staffLead")}
      />
      <div className="space-y-gap-l">
        {counts ? <BillMirror bills={bills} reader="staff" /> : <p>{t("noneStaff")}</p>}
        <BillOriginals bills={bills} />
        {counts && bills.rows.length > 0 && bills.account?.stands !== true ? (
          <BillMatching bills={bills} action={matchBillsAction.bind(null, id)} />
        ) : null}
        {mayBill(read.booking, trip.stage) ? (
          <BillEntry
            bills={bills}
            source="clinic"
            today={dayOf(new Date())}
            action={recordBillAction.bind(null, id)}
          />
        ) : null}
      </div>
    </>
  );
}
