import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { claimCase } from "./claim-case";
import { mayCarryEstimate, totalsOf } from "./estimate";
import type { DraftEstimateForm, LineForm } from "./forms";
import { deviceRefusal } from "./line-device";
import { supplyRefusal } from "./line-supply";
import { twinRefusal } from "./line-twins";
import { withRule } from "./line-rule";
import { type EstimateFacts, readEstimate } from "./queries";
import { readCatalogue } from "./read-catalogue";
import { reviewsToEstimate } from "./scope";

type Refusal =
  | "not_found"
  | "forbidden"
  | "not_binding"
  | "verdict_not_positive"
  | "illegal_transition"
  | "invalid_valid_until"
  | "invalid_device"
  | "invalid_twin"
  | "invalid_supply_mode"
  | "supply_rules_old";

const OPEN_STAGES = ["collecting_records", "with_centres", "choosing", "contracting"];

/** Writes the next version of an estimate on a centre's binding yes. Only the coordinator who owns the case may. */
export async function draftEstimate(
  coordinator: Coordinator,
  reviewId: string,
  form: DraftEstimateForm,
  now: Date,
): Promise<Outcome<EstimateFacts, Refusal>> {
  if (form.validUntil < dayOf(now)) return refused("invalid_valid_until", { path: "validUntil" });
  return asPerson(coordinator, async (tx) => {
    const review = await tx.review.findFirst({
      where: { AND: [{ id: reviewId }, reviewsToEstimate(coordinator)] },
      select: {
        id: true,
        caseId: true,
        clinicId: true,
        state: true,
        verdict: true,
        secondSignedAt: true,
        clinic: { select: { country: true } },
      },
    });
    const owned = review && (await claimCase(tx, review.caseId));
    if (!review || !owned) return refused("not_found");
    if (owned.ownerId !== coordinator.personId) return refused("forbidden");
    const allowed = mayCarryEstimate(review);
    if (!allowed.ok) return allowed;
    if (!OPEN_STAGES.includes(owned.stage))
      return refused("illegal_transition", { from: owned.stage, to: "choosing" });
    const unfit =
      deviceRefusal(form.lines, review.clinic.country) ??
      twinRefusal(form.lines) ??
      supplyRefusal(form.lines, owned.country ?? "", now);
    if (unfit) return unfit;
    const last = await tx.estimate.aggregate({ where: { reviewId }, _max: { version: true } });
    const id = newId(now.getTime());
    const version = (last._max.version ?? 0) + 1;
    const { caseId, clinicId } = review;
    await tx.estimate.create({
      data: { id, reviewId, caseId, clinicId, version, createdById: coordinator.personId, ...headOf(form) },
    });
    await writeLines(tx, { id, caseId }, form.lines);
    await writeAudit(tx, coordinator, "estimate.drafted", {
      caseId,
      objectType: "estimate",
      objectId: id,
      facts: { version },
    });
    const written = await readEstimate(tx, coordinator, id);
    return written ? done(written) : refused("not_found");
  });
}

function headOf(form: DraftEstimateForm) {
  const { currency, exclusions, assumptions } = form;
  const { required } = totalsOf(form.lines.map(countedLine));
  return { currency, exclusions, assumptions, validUntil: dateOf(form.validUntil), ...required };
}

export function countedLine(line: LineForm) {
  return {
    contract: line.contract,
    optional: line.optional,
    lowMinor: BigInt(line.low.amount),
    expectedMinor: BigInt(line.expected.amount),
    highMinor: BigInt(line.high.amount),
  };
}

/** Writes the lines of a draft in the order they were sent; a service that names no rule of refund takes that of the catalogue. */
export async function writeLines(
  tx: Tx,
  estimate: { id: string; caseId: string },
  lines: readonly LineForm[],
): Promise<void> {
  const catalogue = await readCatalogue(tx);
  await tx.estimateLine.createMany({
    data: lines.map((line, index) => {
      const said = { ...line.options, ...(line.device ? { device: line.device } : {}) };
      const options = withRule(line, said, catalogue);
      return {
        id: newId(),
        estimateId: estimate.id,
        caseId: estimate.caseId,
        position: index + 1,
        kind: line.kind,
        label: line.label ?? null,
        quantity: line.quantity,
        unit: line.unit,
        cause: line.cause,
        taxBp: line.taxBp,
        ...countedLine(line),
        ...(Object.keys(options).length > 0 ? { options } : {}),
      };
    }),
  });
}
