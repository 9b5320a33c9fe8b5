import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { AnsweredChange } from "@/components/bookings/answered-change";
import { BookingView } from "@/components/bookings/booking-view";
import { EndedBooking } from "@/components/bookings/ended-booking";
import { EndedWaiting } from "@/components/bookings/ended-waiting";
import { HoldForm } from "@/components/bookings/hold-form";
import { JoinWaiting } from "@/components/bookings/join-waiting";
import { OfferedDay } from "@/components/bookings/offered-day";
import { PatientChanges } from "@/components/bookings/patient-changes";
import { WaitingCard } from "@/components/bookings/waiting-card";
import { RefundTable } from "@/components/trust/refund-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { holdLeadDays } from "@/lib/bookings/booking";
import { bookingFor, bookingsFor } from "@/lib/bookings/queries";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";
import { type BookingView as Booking, bookingView, isPaidInPart } from "@/lib/bookings/views/booking";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { caseForActor } from "@/lib/cases/queries";
import { readRights } from "@/lib/cases/read-rights";
import type { CancellationBand } from "@/lib/clinics/cancellation";
import { publishedClinic } from "@/lib/clinics/published";
import { clinicPlace } from "@/lib/clinics/queries/clinic-place";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { estimateView } from "@/lib/estimates/views";
import { env } from "@/lib/infra/env";
import { toldZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import type { Patient } from "@/lib/kernel/actor";
import { daysToHold, daysToMove } from "@/lib/logistics/queries";
import { waitingEntries } from "@/lib/logistics/read-waiting";
import { isLateToMove, isMovable, isSignedUnpaid } from "@/lib/logistics/reschedule";
import { openOfferOf, waitingView } from "@/lib/logistics/views/waiting";
import { mayWait, treatmentsToWaitFor } from "@/lib/logistics/waiting-list";
import { changeOrderView } from "@/lib/payments/price-change-view";
import { readBankAccount } from "@/lib/payments/read-bank-account";
import { readReturning } from "@/lib/payments/read-returning";
import { refundPreviewFor } from "@/lib/payments/read-refund-preview";
import { takenStatementFor } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";
import { changeOrdersFor } from "@/lib/payments/read-change-orders";
import { addDays, dayOf } from "@/lib/kernel/day";
import { acceptChangeAction, declineChangeAction } from "./changes/actions";
import {
  acceptOfferAction,
  declineOfferAction,
  joinWaitingAction,
  leaveWaitingAction,
} from "./waiting/actions";
import {
  announceTransferAction,
  cancelBookingAction,
  holdBookingAction,
  payAction,
  payPartAction,
  rescheduleAction,
  signContractAction,
} from "./actions";

interface BookingProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.booking");
  return { title: t("title") };
}

const DAYS_OFFERED = 120;

export default async function BookingPage({ params, searchParams }: BookingProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const estimates = await estimatesOfCase(patient, id);
  if (!estimates) notFound();
  const t = await getTranslations("my.booking");
  const tabs = await getTranslations("my.tabs");
  const locale = await getLocale();
  const now = new Date();
  const rights = await readRights(patient, id, now);
  const [newest] = (await bookingsFor(patient, { caseId: id, limit: 1 })).items;
  const facts = newest && newest.state !== "cancelled" ? await bookingFor(patient, newest.id) : null;
  if (facts) {
    const statement = await takenStatementFor(patient, facts.id, now);
    const view = {
      ...bookingView(facts, "patient", now),
      taken: statement && statementView(statement, locale).taken,
    };
    const orders = await changeOrdersFor(patient, { bookingId: view.id });
    const changes = orders.map((order) => changeOrderView(order, now));
    // What waits for an answer comes first, what was answered is there to be read again.
    const asks = changes.some((change) => change.state === "proposed");
    const { answered } = await searchParams;
    const readerZone = await toldZone();
    const changed = (
      <PatientChanges
        orders={changes}
        booking={view}
        zone={readerZone ?? view.timeZone}
        acts={
          rights.decide
            ? {
                accept: acceptChangeAction.bind(null, view.id),
                decline: declineChangeAction,
              }
            : null
        }
      />
    );
    return (
      <>
        <PageHeader title={t("title")} above={<bdi className="text-ink-soft">{view.number}</bdi>} />
        <AnsweredChange order={changes.find((change) => change.id === answered)} />
        {asks ? changed : null}
        <BookingView
          booking={view}
          quotes={await quotesOf(patient, view, now)}
          locale={locale}
          place={(await clinicPlace(view.clinic))?.city ?? null}
          readerZone={readerZone}
          account={await readBankAccount(patient)}
          acts={{
            sign: rights.decide ? signContractAction.bind(null, view.id) : null,
            pay: rights.pay ? payAction : null,
            payPart: rights.pay ? payPartAction : null,
            announce: rights.pay ? announceTransferAction : null,
            cancel: rights.decide ? cancelBookingAction.bind(null, view.id) : null,
            move: rights.decide ? await moveOf(patient, view, now) : null,
          }}
        />
        {asks ? null : <div className="mt-gap-l">{changed}</div>}
      </>
    );
  }
  const ended = newest ? (
    <div className="mb-gap-l">
      <EndedBooking
        booking={newest}
        back={await readReturning(patient, newest.id, locale, now)}
        statement={`/${locale}/my/cases/${id}/statement`}
      />
    </div>
  ) : null;
  const accepted = estimates
    .map((row) => estimateView(row, now))
    .find((estimate) => estimate.state === "accepted");
  const found = await caseForActor(patient, id);
  const isPast = found !== null && accepted !== undefined && !mayWait(found.stage);
  if (!accepted || !rights.decide || isPast) {
    return (
      <>
        <PageHeader title={t("noneTitle")} />
        {ended}
        <EmptyState
          title={t("none")}
          act={<TextLink href={`/${locale}/my/cases/${id}/estimates`}>{tabs("estimates")}</TextLink>}
        >
          {t(isPast ? "daysPast" : accepted ? "patientHolds" : "noneLead")}
        </EmptyState>
      </>
    );
  }
  const from = addDays(dayOf(now), holdLeadDays(env().HOLD_MINUTES));
  const entries = (await waitingEntries(patient, { caseId: id, limit: 20 })).items
    .filter((entry) => entry.estimateId === accepted.id)
    .map((entry) => waitingView(entry, now));
  const waiting = entries.find((entry) => entry.state === "waiting");
  const offer = waiting ? openOfferOf(waiting) : null;
  const language = found?.language ?? locale;
  const rules = (
    <section className="mt-gap-l">
      <h2 className="mb-gap text-xl">{t("refund")}</h2>
      <RefundTable bands={await bandsOfClinic(accepted.clinic, now)} />
    </section>
  );
  if (waiting && offer) {
    return (
      <>
        {ended}
        <PageHeader title={t("offered")} />
        <OfferedDay
          offer={offer}
          clinicName={waiting.clinicName}
          isLast={!waiting.hasDaysLeft}
          zone={(await toldZone()) ?? waiting.timeZone}
          locale={locale}
          decline={declineOfferAction.bind(null, offer.id)}
        >
          <HoldForm
            estimate={accepted}
            slots={[{ ...offer, free: 1 }]}
            isOffered
            treatment={waiting.treatment}
            language={language}
            locale={locale}
            action={acceptOfferAction.bind(null, offer.id)}
          />
        </OfferedDay>
        {rules}
      </>
    );
  }
  const between = { from, to: addDays(from, DAYS_OFFERED) };
  const { treatments, slots } = await daysToHold(patient, accepted, between, now);
  const free = slots.filter((slot) => slot.free > 0);
  return (
    <>
      {ended}
      <PageHeader title={t("choose")} lead={t("chooseLead")} />
      <div className="mb-gap-l empty:hidden">
        {waiting ? (
          <WaitingCard
            entry={waiting}
            zone={(await toldZone()) ?? waiting.timeZone}
            locale={locale}
            leave={leaveWaitingAction.bind(null, waiting.id)}
          />
        ) : (
          <EndedWaiting
            entry={entries[0]}
            zone={(await toldZone()) ?? entries[0]?.timeZone ?? "UTC"}
            locale={locale}
          />
        )}
      </div>
      <Card>
        <HoldForm
          estimate={accepted}
          slots={free}
          treatment={treatments.length === 1 ? treatments[0] : undefined}
          language={language}
          locale={locale}
          action={holdBookingAction.bind(null, accepted.id)}
        />
      </Card>
      {waiting ? null : (
        <div className="mt-gap">
          <JoinWaiting
            treatments={treatmentsToWaitFor(slots, treatments)}
            from={addDays(dayOf(now), 1)}
            hasDays={free.length > 0}
            reader="patient"
            action={joinWaitingAction.bind(null, accepted.id)}
          />
        </div>
      )}
      {rules}
    </>
  );
}

/** The other days of this booking's centre, or why it stays where it is; null where there is nothing to move any more. */
async function moveOf(patient: Patient, booking: Booking, now: Date) {
  const action = rescheduleAction.bind(null, booking.id);
  if (isSignedUnpaid(booking)) return { action, days: "signed" as const };
  const found = await caseForActor(patient, booking.caseId);
  if (!found || !isMovable(booking.state, found.stage)) return null;
  const isLate = (on: string) => booking.state !== "held" && isLateToMove(on, dayOf(now));
  if (isLate(booking.treatmentOn)) return { action, days: "late" as const };
  // The nearer days of a paid booking are the desk's to give.
  return { action, days: (await daysToMove(booking, now)).filter(({ on }) => !isLate(on)) };
}

/** What this centre keeps when a patient cancels; nothing where the centre is not listed any more. */
async function bandsOfClinic(slug: string, now: Date): Promise<CancellationBand[] | undefined> {
  return (await publishedClinic(slug, now))?.payment.cancellationBands;
}

/** What would come back today, for every cause of the refund matrix; before the first payment, of what is planned. */
async function quotesOf(patient: Patient, booking: Booking, now: Date) {
  const basis = isPaidInPart(booking) ? "paid" : "planned";
  const quotes = await Promise.all(
    CANCEL_CAUSES.map((cause) => refundPreviewFor(patient, booking.id, cause, undefined, now, basis)),
  );
  return quotes.flatMap((quoted) => (quoted ? [refundQuoteView(quoted)] : []));
}
