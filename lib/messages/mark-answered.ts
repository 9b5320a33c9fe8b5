import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import type { MarkAnsweredForm } from "./forms";
import { ANSWER_NOT_NEEDED } from "./message";

/** Says that the last word of a thread needs no answer ("Thank you!"): its clock rests until the next word. */
export function markAnswered(
  coordinator: Coordinator,
  caseId: string,
  { clinic }: MarkAnsweredForm,
): Promise<Outcome<{ id: string }, "not_found">> {
  return asPerson(coordinator, async (tx) => {
    const thread = clinic === undefined ? { audience: "patient" as const } : { audience: "centre" as const };
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(coordinator)] },
      select: { id: true },
    });
    const asked = clinic === undefined ? null : await tx.clinic.findUnique({ where: { slug: clinic } });
    const clinicId = asked?.id ?? null;
    const spoken = found && (await tx.message.count({ where: { caseId, ...thread, clinicId } })) > 0;
    if (!spoken) return refused("not_found");
    await noteCaseEvent(tx, coordinator, { caseId, kind: ANSWER_NOT_NEEDED, note: clinic ?? "patient" });
    return done({ id: caseId });
  });
}
