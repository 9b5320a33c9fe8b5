import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { CURRENCIES } from "@/lib/kernel/money";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { moveCase, noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { enqueue } from "@/lib/infra/jobs";
import { queueMail } from "@/lib/infra/mailer";
import { claimCase, type ClaimedCase } from "./claim-case";
import { canonicalJson, mayCarryEstimate, totalsOf } from "./estimate";
import { type KeptRates, keptRatesOf } from "./kept-rates";
import { type KeptTerms, termsOf } from "./kept-terms";
import { deviceRefusal } from "./line-device";
import { feeOf, FEE_SETTING } from "./operator-fee";
import { supplyRefusal } from "./line-supply";
import { twinRefusal } from "./line-twins";
import { type EstimateFacts, readEstimate } from "./queries";
import { readRates } from "./read-rates";

type Refusal =
  | "not_found"
  | "forbidden"
  | "not_a_draft"
  | "no_required_line"
  | "fee_without_sum"
  | "not_binding"
  | "verdict_not_positive"
  | "invalid_valid_until"
  | "invalid_device"
  | "invalid_twin"
  | "invalid_supply_mode"
  | "supply_rules_old"
  | "illegal_transition";

/** Stages a first estimate may end; in the later ones a further estimate is only added. */
const BEFORE_CHOOSING = ["with_centres", "collecting_records"] as const;
const STAYS = ["choosing", "contracting"];

/**
 * Seals an estimate and shows it to the patient. Its hash covers everything the patient sees, with the rates at which
 * other currencies are shown from now on, and the terms its plan is reckoned by; older versions of the same answer step back, and the first one sent moves the
 * case to `choosing`.
 */
export async function sendEstimate(
  coordinator: Coordinator,
  id: string,
  now: Date,
): Promise<Outcome<EstimateFacts, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const seen = await readEstimate(tx, coordinator, id);
    const owned = seen && (await claimCase(tx, seen.caseId));
    const found = owned && (await readEstimate(tx, coordinator, id));
    if (!owned || !found) return refused("not_found");
    if (owned.ownerId !== coordinator.personId) return refused("forbidden");
    const unready = await whyNot(tx, found, owned, now);
    if (unready) return unready;
    if (!STAYS.includes(owned.stage)) {
      const moved = await moveCase(
        tx,
        coordinator,
        { caseId: owned.id, to: "choosing", from: BEFORE_CHOOSING },
        now,
      );
      if (!moved.ok) return moved;
    }
    const sentRates = keptRatesOf(await readRates(CURRENCIES, now, tx));
    await seal(tx, { ...found, sentRates, sentTerms: termsOf(found.clinic) }, now);
    await tell(tx, coordinator, owned, found);
    const sent = await readEstimate(tx, coordinator, id);
    return sent ? done(sent) : refused("not_found");
  });
}

async function whyNot(tx: Tx, found: EstimateFacts, owned: ClaimedCase, now: Date) {
  if (found.state !== "draft") return refused("not_a_draft");
  if (!found.lines.some((line) => !line.optional)) return refused("no_required_line");
  if (await isFeeUnpriced(tx, found)) return refused("fee_without_sum");
  if (dayOf(found.validUntil) < dayOf(now)) return refused("invalid_valid_until", { path: "validUntil" });
  const unfit =
    deviceRefusal(found.lines, found.clinic.country) ??
    twinRefusal(found.lines) ??
    supplyRefusal(found.lines, owned.country ?? "", now);
  if (unfit) return unfit;
  const review = await tx.review.findUnique({
    where: { id: found.reviewId },
    select: { state: true, verdict: true, secondSignedAt: true },
  });
  if (!review) return refused("not_binding");
  const allowed = mayCarryEstimate(review);
  return allowed.ok ? null : allowed;
}

/** Whether a line names the operator's fee without a sum, while there is a fee. */
async function isFeeUnpriced(tx: Tx, { lines }: EstimateFacts): Promise<boolean> {
  if (!lines.some((line) => line.kind === "operator_fee" && line.expectedMinor === 0n)) return false;
  const setting = await tx.setting.findUnique({ where: { key: FEE_SETTING }, select: { value: true } });
  return feeOf(setting?.value) > 0n;
}

type Sealed = EstimateFacts & { sentRates: KeptRates; sentTerms: KeptTerms };

async function seal(tx: Tx, found: Sealed, now: Date): Promise<void> {
  const { sentRates, sentTerms } = found;
  await tx.estimate.updateMany({
    where: { reviewId: found.reviewId, state: "sent" },
    data: { state: "superseded" },
  });
  await tx.estimate.updateMany({
    where: { id: found.id, state: "draft" },
    data: {
      ...{ state: "sent", sentAt: now, hash: hashOf(found), sentRates, sentTerms },
      ...totalsOf(found.lines).required,
    },
  });
}

/** SHA-256 over everything the patient sees, in one canonical writing. */
export function hashOf(estimate: EstimateFacts): string {
  const { id, reviewId, caseId, clinicId, version, currency, exclusions, assumptions } = estimate;
  const lines = estimate.lines.map((line) => ({
    ...line,
    estimateId: null,
    caseId: null,
    quantity: line.quantity.toString(),
  }));
  const validUntil = dayOf(estimate.validUntil);
  const sealed = {
    id,
    reviewId,
    caseId,
    clinicId,
    version,
    currency,
    validUntil,
    exclusions,
    assumptions,
    lines,
  };
  const totals = totalsOf(estimate.lines);
  return sha256(canonicalJson({ ...sealed, totals, ...keptWith(estimate) }));
}

/** What was sent before rates, and then terms, were kept goes on to be named as it was. */
function keptWith({ sentRates: rates, sentTerms: terms }: EstimateFacts) {
  if (rates === null) return { format: "estimate/1" };
  return terms === null ? { format: "estimate/2", rates } : { format: "estimate/3", rates, terms };
}

async function tell(
  tx: Tx,
  coordinator: Coordinator,
  owned: ClaimedCase,
  found: EstimateFacts,
): Promise<void> {
  const { id, caseId } = found;
  const facts = { version: found.version };
  await writeAudit(tx, coordinator, "estimate.sent", { caseId, objectType: "estimate", objectId: id, facts });
  await noteCaseEvent(tx, coordinator, { caseId, kind: "estimate_sent" });
  await enqueue(tx, "document.estimate", { estimateId: id });
  const patient = owned.patientId
    ? await tx.person.findUnique({
        where: { id: owned.patientId },
        select: { email: true, locale: true, erasedAt: true },
      })
    : null;
  if (!patient || patient.erasedAt) return;
  const { email: to, locale } = patient;
  await queueMail(tx, {
    to,
    locale,
    template: "estimate_ready",
    path: `/${locale}/my/cases/${caseId}/estimates`,
  });
}
