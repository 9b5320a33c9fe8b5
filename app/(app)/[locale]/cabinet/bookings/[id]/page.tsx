import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CarePlan } from "@/components/bookings/care-plan";
import { MovedDays } from "@/components/bookings/moved-days";
import { ChangeForm } from "@/components/bookings/change-form";
import { StaffChanges } from "@/components/bookings/staff-changes";
import { BookingActs, ContractText } from "@/components/cabinet/booking-acts";
import { BookingState } from "@/components/cabinet/booking-table";
import { TreatmentWords } from "@/components/desk/step-words";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { formatWeekday } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { bookedLines, ceilingOf, mayBeEmergency, mayChange } from "@/lib/bookings/price-change";
import { bookingFor } from "@/lib/bookings/queries";
import { bookingView } from "@/lib/bookings/views/booking";
import { caseForActor } from "@/lib/cases/queries";
import { caseViewOf } from "@/lib/cases/views";
import { stageForClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicManager } from "@/lib/infra/session";
import { dayIn, dayOf } from "@/lib/kernel/day";
import { isUuid } from "@/lib/kernel/ids";
import { mayBill, wasTreated } from "@/lib/payments/bill";
import { changeOrderView } from "@/lib/payments/price-change-view";
import { closedAccountOf } from "@/lib/payments/read-closed-account";
import { changeOrdersFor } from "@/lib/payments/read-change-orders";
import {
  cancelBookingAction,
  confirmBookingAction,
  declineChangeAction,
  moveStageAction,
  proposeChangeAction,
} from "./actions";

interface BookingProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.bookings");
  return { title: t("number") };
}

export default async function BookingPage({ params }: BookingProps) {
  const manager = await requireClinicManager();
  const { id } = await params;
  const found = isUuid(id) ? await bookingFor(manager, id) : null;
  if (!found) notFound();
  const booking = bookingView(found, "clinic_manager", new Date());
  const stage = await stageForClinic(manager, booking.caseId);
  // Null for who agreed to this centre only without name, and once its door has closed.
  const facts = await caseForActor(manager, booking.caseId);
  const name = facts && caseViewOf(facts, "clinic_manager").contact.name;
  const t = await getTranslations("cabinet.bookings");
  const review = await getTranslations("cabinet.review");
  const links = await getTranslations("bills.links");
  const locale = await getLocale();
  const now = new Date();
  const orders = (await changeOrdersFor(manager, { bookingId: id })).map((one) => changeOrderView(one, now));
  const may = stage !== null && mayChange(found.state, stage);
  const closedAt = await closedAccountOf(manager, id);
  const actions = {
    confirm: confirmBookingAction.bind(null, id, found.slotId),
    cancel: cancelBookingAction.bind(null, id),
    move: moveStageAction.bind(null, id),
  };
  return (
    <>
      <PageHeader
        above={
          <Breadcrumbs
            label={review("crumbs")}
            crumbs={[{ href: `/${locale}/cabinet/bookings`, label: t("title") }]}
          />
        }
        title={
          <span className="flex flex-wrap items-center gap-2">
            <bdi>{booking.number}</bdi>
            <BookingState state={booking.state} />
          </span>
        }
        lead={
          <>
            {name ? (
              <>
                <bdi>{name}</bdi> ·{" "}
              </>
            ) : null}
            {formatWeekday(booking.treatmentOn, locale)} · <TreatmentWords slug={booking.treatment} />
          </>
        }
      />
      <div className="space-y-gap-l">
        <BookingActs
          booking={booking}
          stage={stage}
          today={dayIn(booking.timeZone, new Date())}
          actions={actions}
        />
        {stage === null || mayBill({ state: found.state, isTreated: wasTreated(found.services) }, stage) ? (
          <p>
            <TextLink href={`/${locale}/cabinet/bookings/${id}/bill`}>{links("billStaff")}</TextLink>
          </p>
        ) : null}
        <MovedDays booking={booking} zone={booking.timeZone} locale={locale} isDense />
        <ContractText booking={booking} />
        <CarePlan booking={booking} locale={locale} />
        {orders.length > 0 || may ? (
          <StaffChanges
            orders={orders}
            zone={booking.timeZone}
            decline={declineChangeAction}
            closedOn={closedAt && dayOf(closedAt)}
          >
            {may && stage && !closedAt ? (
              <ChangeForm
                booking={booking}
                contract="A"
                emergencyUpTo={
                  mayBeEmergency(found.state, stage) ? ceilingOf(bookedLines(found.services, "A")) : null
                }
                action={proposeChangeAction.bind(null, id)}
              />
            ) : null}
          </StaffChanges>
        ) : null}
      </div>
    </>
  );
}
