import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { claimCase } from "./claim-case";
import { countedLine, writeLines } from "./draft-estimate";
import { totalsOf } from "./estimate";
import type { EditEstimateForm } from "./forms";
import { deviceRefusal } from "./line-device";
import { supplyRefusal } from "./line-supply";
import { twinRefusal } from "./line-twins";
import { type EstimateFacts, readEstimate } from "./queries";

type Refusal =
  | "not_found"
  | "forbidden"
  | "not_a_draft"
  | "invalid_valid_until"
  | "invalid_device"
  | "invalid_twin"
  | "invalid_supply_mode"
  | "supply_rules_old";

/** Changes a draft. Once sent, an estimate never changes: a correction is a new version. */
export async function editEstimate(
  coordinator: Coordinator,
  id: string,
  form: EditEstimateForm,
  now: Date,
): Promise<Outcome<EstimateFacts, Refusal>> {
  if (form.validUntil !== undefined && form.validUntil < dayOf(now)) {
    return refused("invalid_valid_until", { path: "validUntil" });
  }
  return asPerson(coordinator, async (tx) => {
    const seen = await readEstimate(tx, coordinator, id);
    const owned = seen && (await claimCase(tx, seen.caseId));
    const found = owned && (await readEstimate(tx, coordinator, id));
    if (!owned || !found) return refused("not_found");
    if (owned.ownerId !== coordinator.personId) return refused("forbidden");
    if (found.state !== "draft") return refused("not_a_draft");
    const lines = form.lines ?? [];
    const unfit =
      deviceRefusal(lines, found.clinic.country) ??
      twinRefusal(lines) ??
      supplyRefusal(lines, owned.country ?? "", now);
    if (unfit) return unfit;
    await replace(tx, found, form);
    const { caseId } = found;
    await writeAudit(tx, coordinator, "estimate.edited", { caseId, objectType: "estimate", objectId: id });
    const written = await readEstimate(tx, coordinator, id);
    return written ? done(written) : refused("not_found");
  });
}

async function replace(tx: Tx, found: EstimateFacts, form: EditEstimateForm): Promise<void> {
  const { currency, exclusions, assumptions, validUntil, lines } = form;
  if (lines) {
    await tx.estimateLine.deleteMany({ where: { estimateId: found.id } });
    await writeLines(tx, found, lines);
  }
  await tx.estimate.updateMany({
    where: { id: found.id, state: "draft" },
    data: {
      ...(currency ? { currency } : {}),
      ...(exclusions ? { exclusions } : {}),
      ...(assumptions ? { assumptions } : {}),
      ...(validUntil ? { validUntil: dateOf(validUntil) } : {}),
      ...(lines ? totalsOf(lines.map(countedLine)).required : {}),
    },
  });
}
