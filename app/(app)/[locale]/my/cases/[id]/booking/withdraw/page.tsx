import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { WithdrawForm } from "@/components/bookings/withdraw-form";
import { PageHeader } from "@/components/ui/page-header";
import { bookingFor, bookingsFor } from "@/lib/bookings/queries";
import { bookingView } from "@/lib/bookings/views/booking";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { refundPreviewFor } from "@/lib/payments/read-refund-preview";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { readRights } from "@/lib/cases/read-rights";
import { toldZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { withdrawContractAction } from "../actions";

interface WithdrawProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.withdraw");
  return { title: t("title") };
}

/** The first step says what is withdrawn from and what comes back; its button is the second. */
export default async function WithdrawPage({ params }: WithdrawProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const now = new Date();
  const { decide } = await readRights(patient, id, now);
  if (!decide) notFound();
  const [newest] = (await bookingsFor(patient, { caseId: id, limit: 1 })).items;
  const facts = newest ? await bookingFor(patient, newest.id) : null;
  const booking = facts && bookingView(facts, "patient", now);
  const contract = booking?.contracts.find((one) => one.withdrawableUntil !== null);
  const locale = await getLocale();
  // Looked at once more after it was done: what came of it stands beside the booking.
  if (booking?.contracts.some((one) => one.withdrawnAt !== null))
    redirect(`/${locale}/my/cases/${id}/booking`);
  const quoted = booking && (await refundPreviewFor(patient, booking.id, WITHDRAWAL, undefined, now));
  if (!booking || !contract || !quoted) notFound();
  const quote = refundQuoteView(quoted);
  const t = await getTranslations("my.withdraw");
  return (
    <>
      <PageHeader title={t("title")} above={<bdi className="text-ink-soft">{booking.number}</bdi>} />
      <WithdrawForm
        booking={booking}
        contract={contract}
        sums={quote.contracts.B}
        locale={locale}
        zone={(await toldZone()) ?? booking.timeZone}
        action={withdrawContractAction.bind(null, booking.id, id)}
      />
    </>
  );
}
