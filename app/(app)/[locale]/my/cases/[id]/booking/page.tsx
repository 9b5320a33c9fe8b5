import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { BookingView } from "@/components/bookings/booking-view";
import { HoldForm } from "@/components/bookings/hold-form";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { freeSlots } from "@/lib/bookings/published";
import { bookingFor, bookingsFor } from "@/lib/bookings/queries";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";
import { bookingView } from "@/lib/bookings/views/booking";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { caseForActor } from "@/lib/cases/queries";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { estimateView } from "@/lib/estimates/views";
import { requirePatient } from "@/lib/infra/session";
import type { Patient } from "@/lib/kernel/actor";
import { addDays, dayOf } from "@/lib/kernel/day";
import { cancelBookingAction, holdBookingAction, payAction, signContractAction } from "./actions";

interface BookingProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.booking");
  return { title: t("title") };
}

const LEAD_DAYS = 10;
const DAYS_OFFERED = 120;

export default async function BookingPage({ params }: BookingProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const estimates = await estimatesOfCase(patient, id);
  if (!estimates) notFound();
  const t = await getTranslations("my.booking");
  const locale = await getLocale();
  const now = new Date();
  const [newest] = (await bookingsFor(patient, { caseId: id, limit: 1 })).items;
  const facts = newest && newest.state !== "cancelled" ? await bookingFor(patient, newest.id) : null;
  if (facts) {
    const view = bookingView(facts, "patient", now);
    return (
      <>
        <PageHeader title={t("title")} above={<bdi className="text-ink-soft">{view.number}</bdi>} />
        <BookingView
          booking={view}
          quotes={await quotesOf(patient, view.id, view.policyVersion, view.currency, now)}
          locale={locale}
          sign={signContractAction.bind(null, view.id)}
          pay={payAction}
          cancel={cancelBookingAction.bind(null, view.id)}
        />
      </>
    );
  }
  const accepted = estimates
    .map((row) => estimateView(row, now))
    .find((estimate) => estimate.state === "accepted");
  if (!accepted) return <EmptyState title={t("none")}>{t("noneLead")}</EmptyState>;
  const from = addDays(dayOf(now), LEAD_DAYS);
  const treatment = (await caseForActor(patient, id))?.treatment;
  const wished = treatment && treatment !== "not-sure" ? { treatment } : {};
  const query = { from, to: addDays(from, DAYS_OFFERED), ...wished };
  const slots = (await freeSlots(accepted.clinic, query, now)) ?? [];
  return (
    <>
      <PageHeader title={t("choose")} lead={t("chooseLead")} />
      <Card>
        <HoldForm
          estimate={accepted}
          slots={slots.filter((slot) => slot.free > 0)}
          locale={locale}
          action={holdBookingAction.bind(null, accepted.id)}
        />
      </Card>
    </>
  );
}

/** What would come back today, for every cause of the refund matrix: shown before anything is paid. */
async function quotesOf(
  patient: Patient,
  bookingId: string,
  policyVersion: string,
  currency: string,
  now: Date,
) {
  const quotes = await Promise.all(
    CANCEL_CAUSES.map((cause) => refundQuoteFor(patient, bookingId, cause, undefined, now)),
  );
  return quotes.flatMap((quoted) =>
    quoted ? [refundQuoteView(quoted.quote, { bookingId, on: quoted.on, policyVersion, currency })] : [],
  );
}
