import type { Outcome } from "@/lib/kernel/outcome";
import { openDb } from "@/lib/infra/db";

/** The value of a change that must have worked. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Refused: ${outcome.reason} ${JSON.stringify(outcome.detail)}`);
  return outcome.value;
}

/** What a change was refused with; "done" when it was not. */
export function reasonOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? "done" : outcome.reason;
}

/** The outcomes of changes asked for at once, in alphabetical order. */
export function reasonsOf(outcomes: readonly Outcome<unknown>[]): string[] {
  return outcomes.map(reasonOf).toSorted();
}

/** How many audit rows of this event a case has. */
export function traces(caseId: string, event: string): Promise<number> {
  return openDb().auditEvent.count({ where: { caseId, event } });
}
