import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { dayOf } from "@/lib/kernel/day";
import { judgeLetterForm, letterForm } from "../forms";
import { LETTER_STATES } from "../letter";
import type { LetterRow } from "../queries";

export const letterSchema = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  bookingId: z.uuid(),
  recordId: z.uuid(),
  state: z.enum(LETTER_STATES),
  to: z.string().describe("What the letter says: treated or discharged."),
  reason: z.string().nullable(),
  enteredById: z.uuid(),
  checkedById: z.uuid().nullable(),
  happenedOn: z.string(),
  enteredAt: z.iso.datetime(),
  checkedAt: z.iso.datetime().nullable(),
});

export function letterView(row: LetterRow): z.output<typeof letterSchema> {
  const { happenedOn, enteredAt, checkedAt, ...letter } = row;
  return {
    ...letter,
    happenedOn: dayOf(happenedOn),
    enteredAt: enteredAt.toISOString(),
    checkedAt: checkedAt?.toISOString() ?? null,
  };
}

const tag = "Bookings";
const shown = { description: "The letter.", schema: letterSchema };
const list = z.object({ items: z.array(letterSchema), next: z.null() });

/** What a centre says on paper, for one that does not sign in or may no longer. */
export const lettersApi: ApiOperation[] = [
  {
    method: "get",
    path: "/cases/{id}/letters",
    tag,
    summary: "The letters of centres about a patient, the newest first",
    roles: ["coordinator"],
    answers: { 200: { description: "All of them.", schema: list } },
  },
  {
    method: "post",
    path: "/cases/{id}/letters",
    tag,
    summary: "Enter what a centre's signed letter says: treated or discharged",
    roles: ["coordinator"],
    body: letterForm,
    answers: { 201: shown },
    refusals: ["illegal_transition", "letter_waiting", "invalid_record", "invalid_day_ahead", "forbidden"],
  },
  {
    method: "post",
    path: "/letters/{id}/judge",
    tag,
    summary: "Confirm or refuse a letter a colleague entered; a yes moves the case",
    roles: ["coordinator"],
    body: judgeLetterForm,
    answers: { 200: shown },
    refusals: ["own_work", "illegal_transition", "forbidden"],
  },
];
