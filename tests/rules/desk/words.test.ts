import { describe, expect, it } from "vitest";
import { nextStepOf, STAGES } from "@/lib/cases/case";
import { MONEY_TASKS } from "@/lib/payments/payment";
import { REFUND_CAUSES } from "@/lib/payments/refund";
import arActions from "@/locales/ar/actions.json";
import arDesk from "@/locales/ar/desk.json";
import kept from "@/locales/en/cases.json";
import enActions from "@/locales/en/actions.json";
import enDesk from "@/locales/en/desk.json";

const now = new Date("2026-11-21T10:00:00Z");

describe("why money goes back", () => {
  it("is said of every cause in the reader's language, never by its code", () => {
    for (const words of [enDesk.causes, arDesk.causes])
      for (const cause of REFUND_CAUSES) expect(Object.keys(words)).toContain(cause);
  });
});

describe("what is to be done", () => {
  it("is said of every task the product sets in the reader's language, by its code", () => {
    const kinds = [
      ...Object.keys(kept.tasks),
      ...MONEY_TASKS,
      ...["late_payment_refund", "late_payment_rebooked"],
    ].toSorted();
    expect(Object.keys(enDesk.taskKinds).toSorted()).toEqual(kinds);
    expect(Object.keys(arDesk.taskKinds).toSorted()).toEqual(kinds);
  });

  it("is said of the step every stage begins with, to the desk and to the patient", () => {
    const codes = STAGES.flatMap((stage) => nextStepOf(stage, now)?.nextAction ?? []);
    for (const words of [enDesk.steps, arDesk.steps, enActions, arActions])
      for (const code of codes) expect(Object.keys(words)).toContain(code);
  });
});
