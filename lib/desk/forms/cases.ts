import { z } from "zod";
import { STAGES } from "@/lib/cases/case";
import { casesQuery, textField } from "@/lib/cases/forms";
import { CASE_ORDERS } from "../case-order";
import { paramsOf, type SearchParams } from "./nested";

const deskCasesForm = casesQuery.extend({ sort: z.enum(CASE_ORDERS).default("newest") });
export type DeskCasesQuery = z.output<typeof deskCasesForm>;

/** The table of cases as its address says it; a filter or an order that does not exist is none. */
export function deskCasesQuery(params: SearchParams): DeskCasesQuery {
  const given = paramsOf(params);
  const read = deskCasesForm.safeParse(given);
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map((issue) => issue.path[0]));
  return deskCasesForm.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}

/** Several cases of the table at once: taken, or handed over to a colleague. */
export const manyCasesForm = z.discriminatedUnion("act", [
  z.object({ act: z.literal("take"), caseIds: z.array(z.uuid()).min(1).max(100) }),
  z.object({
    act: z.literal("assign"),
    caseIds: z.array(z.uuid()).min(1).max(100),
    coordinatorId: z.uuid(),
  }),
]);

export type ManyCasesForm = z.output<typeof manyCasesForm>;

export const taskIdForm = z.object({ taskId: z.uuid() });

export const takeCardForm = z.object({ caseId: z.uuid() });
export const moveCardForm = z.object({ caseId: z.uuid(), to: z.enum(STAGES) });

/** What is typed into the command palette; nothing typed asks for the last cases seen. */
export const findForm = z.object({ q: textField(100).optional() });

/** The inbox as its address says it: whose threads, and which one is open, by its case and whom it is with. */
export const inboxForm = z.object({
  who: z.enum(["mine", "all"]).default("mine").catch("mine"),
  thread: z.uuid().optional().catch(undefined),
  with: z.string().max(100).default("patient"),
});
