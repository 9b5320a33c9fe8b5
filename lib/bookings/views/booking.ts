import { z } from "zod";
import type { Role } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { BOOKING_STATES, type BookingState, isHoldOver } from "../booking";
import { whyNotWithdraw, withdrawableUntil } from "../withdrawal";
import { planItemSchema, type PlanItemShown, planItemView } from "./plan-item";

const at = z.string();

const contractSchema = z.object({
  kind: z.enum(["A", "B"]),
  textVersion: z.string(),
  language: z.string(),
  text: z.string(),
  textHash: z.string(),
  issuedAt: at,
  signedAt: at.nullable(),
  signedName: z.string().nullable(),
  countersignedAt: at.nullable(),
  countersignedName: z.string().nullable(),
  withdrawableUntil: z.string().nullable().describe("Last day to withdraw; null where that is not possible."),
  withdrawnAt: at.nullable(),
});

const moveSchema = z.object({
  fromOn: z.string(),
  toOn: z.string(),
  movedAt: at,
  byRole: z.string(),
  byName: z.string().nullable().describe("Not told to a centre."),
});
type MoveView = z.output<typeof moveSchema>;

export const bookingLineSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  caseId: z.uuid(),
  estimateId: z.uuid(),
  clinic: z.string(),
  clinicName: z.string(),
  slotId: z.uuid(),
  state: z.enum(BOOKING_STATES),
  treatment: z.string(),
  treatmentOn: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  regime: z.enum(["LIKELY_NOT_PACKAGE", "PACKAGE", "LEGAL_REVIEW"]),
  policyVersion: z.string(),
  contractAMode: z.enum(["direct", "held_by_operator"]),
  cancelCause: z.string().nullable(),
  createdAt: at,
  holdExpiresAt: at.nullable(),
  paidAt: at.nullable(),
  confirmedAt: at.nullable(),
  completedAt: at.nullable(),
  cancelledAt: at.nullable(),
});

export const bookingSchema = bookingLineSchema.extend({
  services: z.array(
    z.object({
      lineId: z.uuid(),
      kind: z.string(),
      label: z.string().nullable(),
      contract: z.enum(["A", "B"]),
      amount: moneySchema,
      deliveredAt: at.nullable(),
    }),
  ),
  contracts: z.array(contractSchema),
  plan: z.array(planItemSchema),
  transfers: z.array(
    z.object({ id: z.uuid(), direction: z.string(), state: z.string(), pickupAt: at, timeZone: z.string() }),
  ),
  interpreters: z.array(
    z.object({
      id: z.uuid(),
      purpose: z.string(),
      state: z.string(),
      startsAt: at,
      endsAt: at,
      timeZone: z.string(),
    }),
  ),
  shipments: z.array(z.object({ id: z.uuid(), mode: z.string(), state: z.string() })),
  moves: z.array(moveSchema).describe("Where the day went, oldest first."),
});
export type BookingView = z.output<typeof bookingSchema>;

/** Some money of it has been captured. */
export function isPaidInPart({ plan }: Pick<BookingView, "plan">): boolean {
  return plan.some((item) => item.paid.amount > 0);
}

interface LineShown {
  id: string;
  number: string;
  caseId: string;
  estimateId: string;
  clinic: { slug: string; name: string; timeZone: string };
  slotId: string;
  slot: { treatment: string };
  state: BookingState;
  treatmentOn: Date;
  currency: string;
  regime: "LIKELY_NOT_PACKAGE" | "PACKAGE" | "LEGAL_REVIEW";
  policyVersion: string;
  contractAMode: "direct" | "held_by_operator";
  cancelCause: string | null;
  createdAt: Date;
  holdExpiresAt: Date | null;
  paidAt: Date | null;
  confirmedAt: Date | null;
  completedAt: Date | null;
  cancelledAt: Date | null;
}

type ContractShown = {
  [K in "issuedAt"]: Date;
} & { [K in "signedAt" | "countersignedAt" | "withdrawnAt"]: Date | null } & Omit<
    z.output<typeof contractSchema>,
    "issuedAt" | "signedAt" | "countersignedAt" | "withdrawnAt" | "withdrawableUntil"
  >;

export interface BookingShown extends LineShown {
  services: readonly {
    lineId: string;
    kind: string;
    amountMinor: bigint;
    deliveredAt: Date | null;
    line: { contract: "A" | "B"; label: string | null };
  }[];
  contracts: readonly ContractShown[];
  planItems: readonly PlanItemShown[];
  transfers: readonly { id: string; direction: string; state: string; pickupAt: Date; timeZone: string }[];
  interpreters: readonly {
    id: string;
    purpose: string;
    state: string;
    startsAt: Date;
    endsAt: Date;
    timeZone: string;
  }[];
  shipments: readonly { id: string; mode: string; state: string }[];
  moves: readonly MoveShown[];
}

interface MoveShown {
  fromOn: Date;
  toOn: Date;
  movedAt: Date;
  movedByRole: string;
  movedByName: string;
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A hold past its time is shown as what it is, before the sweeper has said so. */
export function bookingLineView(row: LineShown, now: Date): z.output<typeof bookingLineSchema> {
  const { id, number, caseId, estimateId, slotId, currency, regime, policyVersion, contractAMode } = row;
  const isOver = isHoldOver(row, now);
  return {
    ...{ id, number, caseId, estimateId, slotId, currency, regime, policyVersion, contractAMode },
    clinic: row.clinic.slug,
    clinicName: row.clinic.name,
    timeZone: row.clinic.timeZone,
    state: isOver ? "cancelled" : row.state,
    cancelCause: isOver ? "hold_expired" : row.cancelCause,
    treatment: row.slot.treatment,
    treatmentOn: dayOf(row.treatmentOn),
    createdAt: row.createdAt.toISOString(),
    holdExpiresAt: iso(row.holdExpiresAt),
    paidAt: iso(row.paidAt),
    confirmedAt: iso(row.confirmedAt),
    completedAt: iso(row.completedAt),
    cancelledAt: iso(isOver ? row.holdExpiresAt : row.cancelledAt),
  };
}

/** A booking for one kind of reader. The centre sees contract A and no service, price or plan of contract B. */
export function bookingView(row: BookingShown, reader: Role, now: Date): BookingView {
  const isClinic = reader === "clinic_manager" || reader === "clinic_reviewer";
  const shows = (contract: "A" | "B") => !isClinic || contract === "A";
  return {
    ...bookingLineView(row, now),
    services: row.services
      .filter((service) => shows(service.line.contract))
      .map(({ lineId, kind, amountMinor, deliveredAt, line }) => ({
        ...{ lineId, kind, label: line.label, contract: line.contract },
        amount: moneyView(amountMinor, row.currency),
        deliveredAt: iso(deliveredAt),
      })),
    contracts: row.contracts
      .filter((contract) => shows(contract.kind))
      .map((contract) => contractView(contract, row.state, now)),
    plan: isClinic ? [] : row.planItems.map(planItemView),
    transfers: row.transfers.map(({ id, direction, state, pickupAt, timeZone }) => ({
      ...{ id, direction, state, timeZone },
      pickupAt: pickupAt.toISOString(),
    })),
    interpreters: row.interpreters.map(({ id, purpose, state, startsAt, endsAt, timeZone }) => ({
      ...{ id, purpose, state, timeZone },
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    shipments: row.shipments.map(({ id, mode, state }) => ({ id, mode, state })),
    moves: row.moves.map((move) => moveView(move, !isClinic)),
  };
}

function moveView(
  { fromOn, toOn, movedAt, movedByRole, movedByName }: MoveShown,
  isNamed: boolean,
): MoveView {
  return {
    ...{ fromOn: dayOf(fromOn), toOn: dayOf(toOn), movedAt: movedAt.toISOString() },
    ...{ byRole: movedByRole, byName: isNamed ? movedByName : null },
  };
}

function contractView(
  contract: ContractShown,
  state: BookingState,
  now: Date,
): z.output<typeof contractSchema> {
  const { kind, textVersion, language, text, textHash, signedName, countersignedName } = contract;
  return {
    ...{ kind, textVersion, language, text, textHash, signedName, countersignedName },
    issuedAt: contract.issuedAt.toISOString(),
    signedAt: iso(contract.signedAt),
    countersignedAt: iso(contract.countersignedAt),
    withdrawableUntil:
      contract.signedAt && whyNotWithdraw({ ...contract, state }, now) === null
        ? withdrawableUntil(contract.signedAt)
        : null,
    withdrawnAt: iso(contract.withdrawnAt),
  };
}
