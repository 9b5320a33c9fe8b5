import type { Asker, World } from "./world";

/** What a centre takes for a second opinion, and how long it has. */
export const FEES = { currency: "EUR", answerDays: 3 } as const;

export function askerOf(world: World, caseId: string): Asker {
  const found = world.people.askers.find((one) => one.caseId === caseId);
  if (!found) throw new Error("Nobody asked in this case.");
  return found;
}
