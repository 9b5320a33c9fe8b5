import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { MoveForm } from "@/components/bookings/move-form";
import { DeskChanges } from "@/components/desk/desk-changes";
import { BookingPanel } from "@/components/desk/booking-panel";
import { CancelBooking } from "@/components/desk/cancel-booking";
import { CaseDisputes } from "@/components/desk/case-disputes";
import { CaseFrame } from "@/components/desk/case-frame";
import { LetterPanel } from "@/components/desk/letter-panel";
import { WaitingPanel } from "@/components/desk/waiting-panel";
import { ProposeRefund } from "@/components/desk/propose-refund";
import { EmptyState } from "@/components/ui/empty-state";
import { PartPlace } from "@/components/ui/part-place";
import { TextLink } from "@/components/ui/text-link";
import { LETTER_STAGES, PROVING_STATES } from "@/lib/bookings/letter";
import { bookedLines, ceilingOf, mayBeEmergency, mayChange } from "@/lib/bookings/price-change";
import { type BookingFacts, bookingFor, bookingsFor, lettersFor } from "@/lib/bookings/queries";
import { endCausesOf } from "@/lib/bookings/cause-of-end";
import { CANCEL_CAUSES, type EndCause } from "@/lib/bookings/refund-policy";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { bookingView } from "@/lib/bookings/views/booking";
import { letterView } from "@/lib/bookings/views/letter";
import { type CaseStage, mayMove } from "@/lib/cases/case";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { part } from "@/lib/infra/part";
import { requireCoordinator } from "@/lib/infra/session";
import type { Coordinator } from "@/lib/kernel/actor";
import { addDays, dayOf } from "@/lib/kernel/day";
import { daysToHold, daysToMove } from "@/lib/logistics/queries";
import { waitingEntries } from "@/lib/logistics/read-waiting";
import { isMovable, isSignedUnpaid } from "@/lib/logistics/reschedule";
import { waitingView } from "@/lib/logistics/views/waiting";
import { mayWait, treatmentsToWaitFor } from "@/lib/logistics/waiting-list";
import { changeOrderView } from "@/lib/payments/price-change-view";
import { closedAccountOf } from "@/lib/payments/read-closed-account";
import { changeOrdersFor } from "@/lib/payments/read-change-orders";
import { refundPreviewFor } from "@/lib/payments/read-refund-preview";
import { disputesOfCase } from "@/lib/payments/read-disputes";
import { recordsOfCase } from "@/lib/records/queries";
import { moveCaseAction, takeCaseAction } from "../actions";
import {
  cancelBookingAction,
  decideRegimeAction,
  declineChangeAction,
  judgeLetterAction,
  proposeChangeAction,
  proposeRefundAction,
  proveChangeAction,
  recordLetterAction,
  rescheduleAction,
} from "./actions";
import { declineOfferAction, joinWaitingAction, leaveWaitingAction } from "./waiting/actions";

interface BookingProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.case.tabs");
  return { title: t("booking") };
}

const TRAVELLED = ["confirmed", "completed"];
const LIVE = ["held", "awaiting_deposit", "awaiting_centre", "confirmed"];

export default async function BookingPage({ params }: BookingProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const t = await getTranslations("desk.bookings");
  const lines = await bookingsFor(coordinator, { caseId: id, limit: 20 });
  const found = await Promise.all(lines.items.map((line) => bookingFor(coordinator, line.id)));
  const bookings = found.filter((booking) => booking !== null);
  const disputes = await disputesOfCase(coordinator, id);
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="booking"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      {bookings.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : null}
      {bookings.map((booking) => (
        <div key={booking.id}>
          <BookingPanel
            booking={bookingView(booking, "coordinator", now)}
            decide={decideRegimeAction.bind(null, booking.id)}
          />
          <CaseDisputes disputes={disputes.filter(({ payment }) => payment.bookingId === booking.id)} />
          <Changes booking={booking} stage={facts.stage} coordinator={coordinator} now={now} />
          {isSignedUnpaid(booking) || isMovable(booking.state, facts.stage) ? (
            <Moving booking={booking} now={now} />
          ) : null}
          {LIVE.includes(booking.state) ? (
            <Ending booking={booking} coordinator={coordinator} now={now} />
          ) : null}
          {endsToAsk(booking).length > 0 ? (
            <ProposeRefund causes={endsToAsk(booking)} action={proposeRefundAction.bind(null, booking.id)} />
          ) : null}
        </div>
      ))}
      <CaseDisputes disputes={disputes.filter(({ payment }) => payment.bookingId === null)} />
      <Waiting
        caseId={id}
        canJoin={mayWait(facts.stage) && !bookings.some((booking) => LIVE.includes(booking.state))}
        coordinator={coordinator}
        now={now}
      />
      {bookings.some((booking) => TRAVELLED.includes(booking.state)) ? <BillLink caseId={id} /> : null}
      {bookings.some((booking) => TRAVELLED.includes(booking.state)) ? (
        <Letters caseId={id} stage={facts.stage} coordinator={coordinator} now={now} />
      ) : null}
    </CaseFrame>
  );
}

interface WaitingProps {
  caseId: string;
  /** The case is before its booking, and none of its bookings stands. */
  canJoin: boolean;
  coordinator: Coordinator;
  now: Date;
}

/** What the case waits for, and the way onto a list where an estimate was accepted and no day is held. */
async function Waiting({ caseId, canJoin, coordinator, now }: WaitingProps) {
  const { items } = await waitingEntries(coordinator, { caseId, limit: 20 });
  const estimates = canJoin ? await estimatesOfCase(coordinator, caseId) : null;
  const accepted = estimates?.find(({ state }) => state === "accepted");
  const from = addDays(dayOf(now), 1);
  const offered = accepted ? { id: accepted.id, clinic: accepted.clinic.slug } : null;
  const days = offered ? await daysToHold(coordinator, offered, { from }, now) : null;
  return (
    <WaitingPanel
      entries={items.map((entry) => waitingView(entry, now))}
      locale={await getLocale()}
      acts={{
        leave: (entryId) => leaveWaitingAction.bind(null, entryId),
        decline: (offerId) => declineOfferAction.bind(null, offerId),
        join:
          accepted && days
            ? {
                treatments: treatmentsToWaitFor(days.slots, days.treatments),
                from,
                action: joinWaitingAction.bind(null, accepted.id),
              }
            : null,
      }}
    />
  );
}

async function BillLink({ caseId }: { caseId: string }) {
  const t = await getTranslations("bills.links");
  const href = `/${await getLocale()}/desk/cases/${caseId}/bill`;
  return (
    <p className="border-t border-line py-gap">
      <TextLink href={href}>{t("billStaff")}</TextLink>
    </p>
  );
}

async function Moving({ booking, now }: { booking: BookingFacts; now: Date }) {
  const days = isSignedUnpaid(booking)
    ? ("signed" as const)
    : await daysToMove(bookingView(booking, "coordinator", now), now);
  return (
    <MoveForm
      days={days}
      isHold={booking.state === "held"}
      fromSlotId={booking.slotId}
      locale={await getLocale()}
      reader="coordinator"
      action={rescheduleAction.bind(null, booking.id)}
    />
  );
}

interface ChangesProps {
  booking: BookingFacts;
  stage: CaseStage;
  coordinator: Coordinator;
  now: Date;
}

async function Changes({ booking, stage, coordinator, now }: ChangesProps) {
  const t = await getTranslations("changeOrders");
  const here = `/${await getLocale()}/desk/cases/${booking.caseId}/booking`;
  const read = await part("changes", async () => ({
    orders: await changeOrdersFor(coordinator, { bookingId: booking.id }),
    records: await recordsOfCase(coordinator, booking.caseId, { limit: 100 }),
    closedAt: await closedAccountOf(coordinator, booking.id),
  }));
  const may = mayChange(booking.state, stage);
  return (
    <PartPlace part={read} name={t("title")} here={here}>
      {({ orders, records, closedAt }) =>
        orders.length > 0 || may ? (
          <DeskChanges
            booking={bookingView(booking, "coordinator", now)}
            orders={orders.map((order) => ({ ...changeOrderView(order, now), authorId: order.authorId }))}
            ceilings={
              may
                ? {
                    A: mayBeEmergency(booking.state, stage)
                      ? ceilingOf(bookedLines(booking.services, "A"))
                      : null,
                  }
                : null
            }
            closedOn={closedAt && dayOf(closedAt)}
            files={provingFiles(records?.items ?? [])}
            meId={coordinator.personId}
            acts={{
              propose: proposeChangeAction.bind(null, booking.id),
              decline: declineChangeAction,
              prove: proveChangeAction,
            }}
          />
        ) : null
      }
    </PartPlace>
  );
}

/** Files of a case that can be read, as they are chosen from. */
function provingFiles(records: readonly { id: string; state: string; filename: string }[]) {
  return records
    .filter(({ state }) => PROVING_STATES.some((one) => one === state))
    .map(({ id, filename }) => ({ value: id, label: filename }));
}

/** What money of this booking may be asked back for by the rules once more. */
function endsToAsk(booking: BookingFacts): EndCause[] {
  if (booking.state === "cancelled" && !booking.paidAt) return [];
  const withdrawn = endCausesOf(booking).filter((one) => one === WITHDRAWAL);
  return booking.state === "cancelled" ? [...CANCEL_CAUSES, ...withdrawn] : withdrawn;
}

interface LettersProps {
  caseId: string;
  stage: CaseStage;
  coordinator: Coordinator;
  now: Date;
}

async function Letters({ caseId, stage, coordinator, now }: LettersProps) {
  const t = await getTranslations("desk.letters");
  const here = `/${await getLocale()}/desk/cases/${caseId}/booking`;
  const read = await part("letters", async () => ({
    letters: await lettersFor(coordinator, caseId),
    records: await recordsOfCase(coordinator, caseId, { limit: 100 }),
  }));
  return (
    <PartPlace part={read} name={t("title")} here={here}>
      {({ letters, records }) => (
        <LetterPanel
          letters={letters.map(letterView)}
          next={LETTER_STAGES.find((to) => mayMove(stage, to)) ?? null}
          files={provingFiles(records?.items ?? [])}
          today={dayOf(now)}
          meId={coordinator.personId}
          enter={recordLetterAction.bind(null, caseId)}
          judge={judgeLetterAction}
        />
      )}
    </PartPlace>
  );
}

interface EndingProps {
  booking: BookingFacts;
  coordinator: Coordinator;
  now: Date;
}

async function Ending({ booking, coordinator, now }: EndingProps) {
  const { id, currency } = booking;
  const quoted = await Promise.all(
    CANCEL_CAUSES.map((cause) => refundPreviewFor(coordinator, id, cause, undefined, now)),
  );
  const quotes = quoted.flatMap((one) => {
    if (!one) return [];
    const { due, total } = refundQuoteView(one);
    return [{ cause: one.quote.cause, due, total }];
  });
  return <CancelBooking quotes={quotes} currency={currency} action={cancelBookingAction.bind(null, id)} />;
}
