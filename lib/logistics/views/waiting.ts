import { z } from "zod";
import { dayOf } from "@/lib/kernel/day";
import {
  hasDaysLeft,
  OFFER_STATES,
  type OfferState,
  WAITING_STATES,
  type WaitingState,
} from "../waiting-list";

const at = z.string();

const offerSchema = z.object({
  id: z.uuid(),
  slotId: z.uuid(),
  on: z.string(),
  state: z.enum(OFFER_STATES).describe("`open` is answerable until `expiresAt`, by the server's clock."),
  bookingId: z.uuid().nullable(),
  offeredAt: at,
  expiresAt: at,
  endedAt: at.nullable(),
});

export const waitingSchema = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  estimateId: z.uuid(),
  clinic: z.string(),
  clinicName: z.string(),
  timeZone: z.string(),
  treatment: z.string(),
  state: z.enum(WAITING_STATES),
  position: z
    .int()
    .nullable()
    .describe("Place among those who wait for any of the same days, from 1; null once it waits no more."),
  reason: z.string().nullable(),
  endCause: z.string().nullable(),
  joinedBy: z.object({ role: z.string(), name: z.string() }),
  fromOn: z.string(),
  toOn: z.string(),
  joinedAt: at,
  endedAt: at.nullable(),
  hasDaysLeft: z
    .boolean()
    .describe("Whether a day that was not offered yet can still be offered; false once it waits no more."),
  offers: z.array(offerSchema),
});
export type WaitingView = z.output<typeof waitingSchema>;

interface OfferRow {
  id: string;
  slotId: string;
  state: OfferState;
  bookingId: string | null;
  offeredAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  slot: { on: Date };
}

interface WaitingRow {
  id: string;
  caseId: string;
  estimateId: string;
  treatment: string;
  state: WaitingState;
  position: number | null;
  reason: string | null;
  endCause: string | null;
  joinedRole: string;
  joinedName: string;
  fromOn: Date;
  toOn: Date;
  joinedAt: Date;
  endedAt: Date | null;
  clinic: { slug: string; name: string; timeZone: string };
  offers: readonly OfferRow[];
}

/** An offer past its time is shown as lapsed, also before anybody has come by to end it. */
function offerView({ slot, ...row }: OfferRow, now: Date): WaitingView["offers"][number] {
  const isOver = row.state === "open" && row.expiresAt <= now;
  return {
    ...{ id: row.id, slotId: row.slotId, on: dayOf(slot.on), bookingId: row.bookingId },
    state: isOver ? "lapsed" : row.state,
    offeredAt: row.offeredAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    endedAt: (isOver ? row.expiresAt : row.endedAt)?.toISOString() ?? null,
  };
}

export function waitingView(row: WaitingRow, now: Date): WaitingView {
  const { id, caseId, estimateId, treatment, state, position, reason, endCause, clinic } = row;
  const wish = { fromOn: dayOf(row.fromOn), toOn: dayOf(row.toOn) };
  const offeredOn = row.offers.map(({ slot }) => dayOf(slot.on));
  return {
    ...{ id, caseId, estimateId, treatment, state, position, reason, endCause },
    ...{ clinic: clinic.slug, clinicName: clinic.name, timeZone: clinic.timeZone },
    joinedBy: { role: row.joinedRole, name: row.joinedName },
    ...wish,
    joinedAt: row.joinedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    hasDaysLeft: state === "waiting" && hasDaysLeft(wish, offeredOn, now),
    offers: row.offers.map((offer) => offerView(offer, now)),
  };
}

/** The offer that can be answered now. */
export function openOfferOf(waiting: WaitingView): WaitingView["offers"][number] | null {
  return waiting.offers.find((offer) => offer.state === "open") ?? null;
}
