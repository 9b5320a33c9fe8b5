import "server-only";
import { addBusinessDays } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import type { Tx } from "@/lib/infra/db";
import type { MoneyTaskKind } from "./payment";

export interface MoneyTask {
  caseId: string;
  kind: MoneyTaskKind;
  /** The facts a person needs to find it: a booking number, an amount. No health data, no sentence. */
  title: string;
}

/** Asks finance to look at something about money; the same thing is asked once. */
export async function openMoneyTask(tx: Tx, task: MoneyTask, now: Date): Promise<void> {
  const { caseId, kind, title } = task;
  const asked = await tx.task.findFirst({
    where: { caseId, kind, title, state: "open" },
    select: { id: true },
  });
  if (asked) return;
  const dueAt = addBusinessDays(now, 1);
  await tx.task.createMany({ data: [{ id: newId(), caseId, kind, title, ownerKind: "on_call", dueAt }] });
}
