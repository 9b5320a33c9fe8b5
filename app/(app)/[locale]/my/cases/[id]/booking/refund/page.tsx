import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { RefundAsk } from "@/components/bookings/refund-ask";
import { RefundList } from "@/components/bookings/refund-list";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { refundAskForm } from "@/lib/bookings/forms";
import { bookingFor, bookingsFor } from "@/lib/bookings/queries";
import { bookingView, isPaidInPart } from "@/lib/bookings/views/booking";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { requirePatient } from "@/lib/infra/session";
import { refundPreviewFor } from "@/lib/payments/read-refund-preview";
import { addDays, dayOf, daysBetween } from "@/lib/kernel/day";

interface RefundProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.refundAsk");
  return { title: t("title") };
}

/** What would come back on a day and for a cause of the reader's choice, before they pay: the same calculator as the refund. */
export default async function RefundPage({ params, searchParams }: RefundProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const now = new Date();
  const [newest] = (await bookingsFor(patient, { caseId: id, limit: 1 })).items;
  const facts = newest && newest.state !== "cancelled" ? await bookingFor(patient, newest.id) : null;
  if (!facts || facts.state === "completed") notFound();
  const booking = bookingView(facts, "patient", now);
  const today = dayOf(now);
  const left = Math.max(0, daysBetween(today, booking.treatmentOn));
  const { cause, after } = refundAskForm(left).parse(paramsOf(await searchParams));
  const basis = isPaidInPart(booking) ? "paid" : "planned";
  const on = addDays(today, after);
  const quoted = await refundPreviewFor(patient, booking.id, cause, on, now, basis);
  if (!quoted) notFound();
  const quote = refundQuoteView(quoted);
  const t = await getTranslations("my.refundAsk");
  const locale = await getLocale();
  return (
    <>
      <PageHeader
        title={t("title")}
        above={<bdi className="text-ink-soft">{booking.number}</bdi>}
        lead={t(basis === "planned" ? "leadPlanned" : "leadPaid")}
      />
      <Card>
        <div className="space-y-gap-m">
          <RefundAsk quote={quote} today={today} after={after} left={left} locale={locale} />
          <RefundList quotes={[quote]} basis={basis} currency={booking.currency} locale={locale} />
          <p>
            <TextLink href={`/${locale}/my/cases/${id}/booking#refund`}>{t("toBooking")}</TextLink>
          </p>
        </div>
      </Card>
    </>
  );
}
