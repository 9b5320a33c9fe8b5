import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { casesOf } from "@/lib/cases/scope";
import { mayBeLookedAt } from "./copy";
import type { CheckNamesForm } from "./forms";
import { recordsOf } from "./scope";

const LOOKED_AT = ["readable", "accepted"] as const;

/**
 * A coordinator's word that no name can be read in these pictures, or that one can after all. Files that need no look,
 * or that no look can release, are left as they are. Answers how many changed.
 */
export function checkNames(
  coordinator: Coordinator,
  caseId: string,
  form: CheckNamesForm,
  now: Date,
): Promise<Outcome<{ changed: number }, "not_found">> {
  return asPerson(coordinator, async (tx) => {
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(coordinator)] },
      select: { id: true },
    });
    if (!found) return refused("not_found");
    const isNameless = form.result === "no_name";
    const ids = await filesToMark(tx, coordinator, caseId, form.records, isNameless);
    const { count } = await tx.record.updateMany({
      where: { AND: [{ id: { in: ids }, caseId, erasedAt: null }, recordsOf(coordinator)] },
      data: {
        namesCheckedById: isNameless ? coordinator.personId : null,
        namesCheckedAt: isNameless ? now : null,
      },
    });
    const event = isNameless ? "record.names_checked" : "record.name_found";
    for (const objectId of ids)
      await writeAudit(tx, coordinator, event, { caseId, objectType: "record", objectId });
    if (count > 0) await notify(tx, { kind: "case", caseId });
    return done({ changed: count });
  });
}

async function filesToMark(
  tx: Tx,
  coordinator: Coordinator,
  caseId: string,
  ids: readonly string[],
  isNameless: boolean,
): Promise<string[]> {
  const mark = isNameless ? null : { not: null };
  const rows = await tx.record.findMany({
    where: {
      AND: [
        { id: { in: [...ids] }, caseId, erasedAt: null, namesCheckedAt: mark, state: { in: [...LOOKED_AT] } },
        recordsOf(coordinator),
      ],
    },
    select: { id: true, kind: true, header: true, findings: true, namesCheckedAt: true },
  });
  return rows.filter(mayBeLookedAt).map(({ id }) => id);
}
