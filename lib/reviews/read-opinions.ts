import "server-only";
import type { Coordinator, Finance, Patient } from "@/lib/kernel/actor";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { type Offer, offerOf, OPINION_SETTING, opinionFeesOf } from "./opinion";
import { opinionsOf } from "./scope";

const opinionSelect = {
  ...{ id: true, number: true, caseId: true, state: true, currency: true, feeMinor: true, answerDays: true },
  ...{ termsVersion: true, reviewId: true, endCause: true, releasedById: true, bankReference: true },
  ...{ askedAt: true, payBy: true, paidAt: true, dueAt: true, deliveredAt: true, releasedAt: true },
  ...{ transferAnnouncedAt: true, paidOutAt: true, endedAt: true },
  clinic: { select: { slug: true, name: true, legalName: true } },
  payments: {
    where: { isSurplus: false, succeededAt: { not: null } },
    select: {
      ...{ id: true, state: true },
      refunds: { select: { state: true, refusedReason: true }, orderBy: { createdAt: "desc" } },
    },
  },
} satisfies Prisma.SecondOpinionSelect;

export type OpinionRow = Prisma.SecondOpinionGetPayload<{ select: typeof opinionSelect }>;
type Reader = Patient | Coordinator | Finance;

/** The second opinions of a case, oldest first; null for a stranger. */
export function opinionsOfCase(actor: Patient | Coordinator, caseId: string): Promise<OpinionRow[] | null> {
  return asPerson(actor, async (tx) => {
    const visible = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(actor)] },
      select: { id: true },
    });
    if (!visible) return null;
    return tx.secondOpinion.findMany({
      where: { AND: [{ caseId }, opinionsOf(actor)] },
      orderBy: { id: "asc" },
      select: opinionSelect,
    });
  });
}

export function opinionFor(actor: Reader, id: string): Promise<OpinionRow | null> {
  return asPerson(actor, (tx) =>
    tx.secondOpinion.findFirst({ where: { AND: [{ id }, opinionsOf(actor)] }, select: opinionSelect }),
  );
}

const SHOWN_MAX = 200;

/** Second opinions whose fee is held, owed or was passed on, for finance: what is to be done first. */
export function opinionsInMoney(finance: Finance): Promise<OpinionRow[]> {
  return asPerson(finance, (tx) =>
    tx.secondOpinion.findMany({
      where: { AND: [opinionsOf(finance), { paidAt: { not: null } }] },
      orderBy: [{ state: "asc" }, { askedAt: "desc" }],
      take: SHOWN_MAX,
      select: opinionSelect,
    }),
  );
}

export interface OfferRow extends Offer {
  clinic: { slug: string; name: string; legalName: string };
  /** The patient lets this centre see the case. */
  hasConsent: boolean;
}

/** Which centres give a second opinion for which fee, the ones this case is open to first; null for a stranger. */
export function offersForCase(patient: Patient, caseId: string, now: Date): Promise<OfferRow[] | null> {
  return asPerson(patient, async (tx) => {
    const visible = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(patient)] },
      select: { consents: { where: { withdrawnAt: null }, select: { clinicId: true } } },
    });
    if (!visible) return null;
    const set = await tx.setting.findUnique({ where: { key: OPINION_SETTING }, select: { value: true } });
    const fees = opinionFeesOf(set?.value);
    const clinics = await tx.clinic.findMany({
      where: { slug: { in: Object.keys(fees.fees) }, publishedAt: { not: null } },
      select: {
        ...{ id: true, slug: true, name: true, legalName: true },
        ...{ contractAMode: true, heldClearanceOn: true },
      },
      orderBy: { name: "asc" },
    });
    const offers = clinics.flatMap(({ id, slug, name, legalName, ...terms }) => {
      const offer = offerOf(fees, { slug, ...terms }, now);
      const hasConsent = visible.consents.some((consent) => consent.clinicId === id);
      return offer ? [{ ...offer, clinic: { slug, name, legalName }, hasConsent }] : [];
    });
    return offers.toSorted((one, other) => Number(other.hasConsent) - Number(one.hasConsent));
  });
}
