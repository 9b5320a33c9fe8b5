import type { Actor, Patient } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";
import { bookingsOf } from "@/lib/bookings/scope";
import { opinionsOf } from "@/lib/reviews/scope";

/** Instalments somebody may know about: those of the bookings they may know about. */
export function planItemsOf(actor: Actor): Prisma.PlanItemWhereInput {
  return { booking: bookingsOf(actor) };
}

/** Payments somebody may know about. */
export function paymentsOf(actor: Actor): Prisma.PaymentWhereInput {
  // Of what somebody knows all, the scope is empty, and Prisma drops an empty branch of an OR: each says what it is about.
  return {
    OR: [
      { planItemId: { not: null }, planItem: planItemsOf(actor) },
      { opinionId: { not: null }, opinion: opinionsOf(actor) },
    ],
  };
}

/** Refunds somebody may know about. */
export function refundsOf(actor: Actor): Prisma.RefundWhereInput {
  return { payment: paymentsOf(actor) };
}

/** The doors through which a person may pay for a case: their own, or one opened to them for paying. */
export function payDoorOf(payer: Patient, caseId: string, now: Date): Prisma.CaseAccessWhereInput {
  return { caseId, ...payDoors(payer, now) };
}

/** The cases a person may pay for. */
export function payableCasesOf(payer: Patient, now: Date): Prisma.CaseWhereInput {
  return { access: { some: payDoors(payer, now) } };
}

function payDoors(payer: Patient, now: Date): Prisma.CaseAccessWhereInput {
  return {
    personId: payer.personId,
    revokedAt: null,
    scopes: { hasSome: ["owner", "pay"] },
    OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  };
}

/** Changes of a booking somebody may know about; a centre knows of contract A alone. */
export function changeOrdersOf(actor: Actor): Prisma.ChangeOrderWhereInput {
  const isClinic = actor.role === "clinic_reviewer" || actor.role === "clinic_manager";
  return { booking: bookingsOf(actor), ...(isClinic ? { contract: "A" } : {}) };
}
