import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { AddRide, AddSupply, AddTalk, AddVisa } from "@/components/desk/journey-adds";
import { JourneyGroup } from "@/components/desk/journey-group";
import { DeliveryMarks } from "@/components/desk/delivery-marks";
import { RideCard } from "@/components/desk/ride-card";
import { SupplyCard } from "@/components/desk/supply-card";
import { TalkCard } from "@/components/desk/talk-card";
import { VisaCard } from "@/components/desk/visa-card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { type JourneyBooking, type Journey, journeyOf } from "@/lib/desk/queries/journey";
import { requireCoordinator } from "@/lib/infra/session";
import { keptItems } from "@/lib/logistics/forms";
import { moveCaseAction, takeCaseAction } from "../actions";
import {
  createRideAction,
  createSupplyAction,
  createTalkAction,
  createVisaAction,
  deliverServiceAction,
  editRideAction,
  editSendingAction,
  editSupplyAction,
  editTalkAction,
  editVisaAction,
  keepCostAction,
  withdrawMarkAction,
  moveRideAction,
  moveSupplyAction,
  moveTalkAction,
  moveVisaAction,
} from "./actions";

interface JourneyProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.case.tabs");
  return { title: t("journey") };
}

export default async function JourneyPage({ params }: JourneyProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const t = await getTranslations("journey");
  const journey = await journeyOf(coordinator, id);
  const { bookings, visas, country } = journey;
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="journey"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <div className="space-y-gap-xl">
        {bookings.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : null}
        {bookings.map((booking) => (
          <BookingParts key={booking.id} booking={booking} pharmacies={journey.pharmacies} />
        ))}
        <section aria-labelledby="entry" className="space-y-gap">
          <h2 id="entry" className="text-md">
            {t("entry")}
          </h2>
          <JourneyGroup title={t("visa.title")} none={t("visa.none")}>
            {visas.map((visa) => (
              <VisaCard
                key={visa.id}
                visa={visa}
                change={editVisaAction.bind(null, visa.id)}
                move={moveVisaAction.bind(null, visa.id)}
              />
            ))}
          </JourneyGroup>
          <AddVisa action={createVisaAction.bind(null, id)} country={country} />
        </section>
      </div>
    </CaseFrame>
  );
}

interface BookingPartsProps {
  booking: JourneyBooking;
  pharmacies: Journey["pharmacies"];
}

async function BookingParts({ booking, pharmacies }: BookingPartsProps) {
  const t = await getTranslations("journey");
  const { id, timeZone, isCancelled } = booking;
  return (
    <section aria-labelledby={`booking-${id}`} className="space-y-gap-m">
      <h2 id={`booking-${id}`} className="text-md">
        <bdi>{booking.number}</bdi> · <bdi>{booking.clinicName}</bdi>
      </h2>
      {isCancelled ? <Notice tone="attention">{t("cancelled")}</Notice> : null}
      <JourneyGroup title={t("ride.title")} none={t("ride.none")}>
        {booking.rides.map((ride) => (
          <RideCard
            key={ride.row.id}
            ride={ride}
            change={editRideAction.bind(null, ride.row.id)}
            move={moveRideAction.bind(null, ride.row.id)}
          />
        ))}
      </JourneyGroup>
      {isCancelled ? null : <AddRide action={createRideAction.bind(null, id, timeZone)} zone={timeZone} />}
      <JourneyGroup title={t("talk.title")} none={t("talk.none")}>
        {booking.talks.map((talk) => (
          <TalkCard
            key={talk.row.id}
            talk={talk}
            change={editTalkAction.bind(null, talk.row.id)}
            move={moveTalkAction.bind(null, talk.row.id)}
          />
        ))}
      </JourneyGroup>
      {isCancelled ? null : <AddTalk action={createTalkAction.bind(null, id, timeZone)} zone={timeZone} />}
      <JourneyGroup title={t("supply.title")} none={t("supply.none")}>
        {booking.shipments.map((supply) => (
          <SupplyCard
            key={supply.id}
            supply={supply}
            items={keptItems(supply.items)}
            pharmacies={pharmacies}
            actions={{
              change: editSupplyAction.bind(null, supply.id),
              send: editSendingAction.bind(null, supply.id),
              move: moveSupplyAction.bind(null, supply.id),
            }}
          />
        ))}
      </JourneyGroup>
      {isCancelled ? null : <AddSupply action={createSupplyAction.bind(null, id)} />}
      <DeliveryMarks
        services={booking.services}
        currency={booking.currency}
        isCancelled={isCancelled}
        actions={{
          deliver: deliverServiceAction,
          keep: keepCostAction.bind(null, booking.currency),
          withdraw: withdrawMarkAction,
        }}
      />
    </section>
  );
}
