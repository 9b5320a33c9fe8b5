import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { lockedOwnCase } from "@/lib/cases/queries";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { AskOpinionForm } from "./forms";
import {
  mayAskOpinion,
  type Offer,
  offerOf,
  OPINION_SETTING,
  OPINION_TERMS,
  opinionFeesOf,
  payByOf,
  RUNNING_STATES,
} from "./opinion";
import { obstacleTo } from "./request-reviews";
import { blocksTravel } from "./review";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "urgent_case"
  | "not_fit_to_travel"
  | "invalid_clinic"
  | "fee_changed"
  | "no_consent"
  | "records_missing"
  | "already_requested"
  | "already_ordered";

/**
 * The patient orders a written second opinion of one centre for its fixed fee. Refused whenever the centre could not be
 * asked at once: nobody pays for a question that cannot be put. The centre hears of it when the fee is here.
 */
export async function askOpinion(
  patient: Patient,
  caseId: string,
  form: AskOpinionForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(patient, async (tx) => {
    const own = await lockedOwnCase(tx, patient, caseId);
    if (!own.ok) return own;
    const found = own.value;
    if (!mayAskOpinion(found.stage)) return refused("illegal_transition", { from: found.stage });
    // Whoever needs help now is sent to a hospital, not to a price.
    if (found.urgent) return refused("urgent_case");
    if (await isTravelBlocked(tx, caseId)) return refused("not_fit_to_travel");
    const named = await readOffer(tx, form.clinic, now);
    if (!named) return refused("invalid_clinic", { path: "clinic" });
    const { clinic, offer } = named;
    if (!isAsShown(offer, form)) return refused("fee_changed");
    const running = await tx.secondOpinion.findFirst({
      where: { caseId, clinicId: clinic.id, state: { in: [...RUNNING_STATES] } },
      select: { id: true },
    });
    if (running) return refused("already_ordered");
    const obstacle = await obstacleTo(tx, caseId, [clinic]);
    if (obstacle) return obstacle;
    return done({ id: await writeOpinion(tx, patient, { caseId, clinic, offer }, now) });
  });
}

/** Who names neither days nor terms was shown none. */
function isAsShown(offer: Offer, { fee, answerDays, termsVersion }: AskOpinionForm): boolean {
  const isSameFee = offer.feeMinor === fee.amountMinor && offer.currency === fee.currency;
  const isSameTime = answerDays === undefined || answerDays === offer.answerDays;
  return isSameFee && isSameTime && (termsVersion === undefined || termsVersion === OPINION_TERMS);
}

/** A doctor said stop: nothing is sold in this case before somebody has spoken with the patient. */
export async function isTravelBlocked(tx: Tx, caseId: string): Promise<boolean> {
  const answers = await tx.review.findMany({ where: { caseId, state: "decided" }, select: { answer: true } });
  return answers.some(({ answer }) => blocksTravel(answer));
}

interface OfferedBy {
  clinic: { id: string; slug: string };
  offer: Offer;
}

async function readOffer(tx: Tx, slug: string, now: Date): Promise<OfferedBy | null> {
  const clinic = await tx.clinic.findFirst({
    where: { slug, publishedAt: { not: null } },
    select: { id: true, slug: true, contractAMode: true, heldClearanceOn: true },
  });
  const set = await tx.setting.findUnique({ where: { key: OPINION_SETTING }, select: { value: true } });
  const offer = clinic && offerOf(opinionFeesOf(set?.value), clinic, now);
  return clinic && offer ? { clinic, offer } : null;
}

async function writeOpinion(
  tx: Tx,
  patient: Patient,
  { caseId, clinic, offer }: OfferedBy & { caseId: string },
  now: Date,
): Promise<string> {
  const id = newId(now.getTime());
  const [row] = await tx.$queryRaw<{ next: bigint }[]>`SELECT nextval('opinion_number_seq') AS next`;
  const number = `O-${now.getUTCFullYear()}-${(row?.next ?? 0n).toString().padStart(6, "0")}`;
  await tx.secondOpinion.createMany({
    data: [
      {
        ...{ id, number, caseId, clinicId: clinic.id, ...offer },
        ...{ termsVersion: OPINION_TERMS, askedById: patient.personId, askedAt: now, payBy: payByOf(now) },
      },
    ],
  });
  await noteCaseEvent(tx, patient, { caseId, kind: "opinion_ordered", note: clinic.slug });
  await writeAudit(tx, patient, "opinion.ordered", {
    caseId,
    objectType: "opinion",
    objectId: id,
    facts: { clinicId: clinic.id, terms: OPINION_TERMS, feeMinor: Number(offer.feeMinor) },
  });
  return id;
}
