import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { AGE_SETTING, type AgeLimits, ageLimitsOf, type CaseLimits, strictestOf } from "./age-limit";
import { ITEM_CODES, type ItemCode, ruleOf } from "./checklist";

/** How old each kind of record may be in this case: by the centres the patient agreed to ask, else by the operator. */
export async function limitsOfCase(tx: Tx, caseId: string): Promise<CaseLimits> {
  // Row-level security shows a centre its own consent alone: it never learns who else is asked.
  const asked = await tx.consent.findMany({
    where: { caseId, withdrawnAt: null, clinicId: { not: null } },
    select: { clinicId: true },
  });
  const ids = [...new Set(asked.flatMap(({ clinicId }) => clinicId ?? []))];
  const centres = await tx.clinic.findMany({
    where: { id: { in: ids } },
    select: { name: true, recordAges: { select: { ages: true } } },
    orderBy: { name: "asc" },
  });
  const own = centres.map(({ name, recordAges }) => ({ name, limits: ageLimitsOf(recordAges?.ages) }));
  return strictestOf(await operatorLimits(tx), own);
}

/** What the operator says instead of the built-in limits. */
async function operatorLimits(tx: Tx): Promise<AgeLimits> {
  const set = await tx.setting.findUnique({ where: { key: AGE_SETTING }, select: { value: true } });
  return ageLimitsOf(set?.value);
}

export interface CentreAges {
  lines: { item: ItemCode; maxAgeDays: number | null; usualDays: number | null }[];
  changedAt: Date | null;
}

/** What a manager's own centre says of each kind of record, beside what the operator says. */
export function agesOfCentre(manager: ClinicManager): Promise<CentreAges> {
  const { clinicId } = manager;
  return asPerson(manager, async (tx) => {
    const kept = await tx.clinicRecordAges.findUnique({ where: { clinicId } });
    const [own, operator] = [ageLimitsOf(kept?.ages), await operatorLimits(tx)];
    const lines = ITEM_CODES.map((item) => ({
      item,
      maxAgeDays: own[item] ?? null,
      usualDays: ruleOf(null, item, operator).maxAgeDays,
    }));
    return { lines, changedAt: kept?.changedAt ?? null };
  });
}
