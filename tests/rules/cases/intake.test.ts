import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STAGES } from "@/lib/cases/case";
import {
  alarmOf,
  closedFields,
  furtherStep,
  missingForSubmit,
  missingQuestions,
  mustSeekHelp,
  openStepOf,
  QUESTIONS,
  RED_FLAG_QUESTIONS,
  stepAfter,
} from "@/lib/cases/intake";

const now = new Date("2026-11-20T10:00:00Z");
const noFlags = { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false };
const complete = {
  treatment: "teer",
  problem: "Leaky mitral valve",
  contactName: "Samira Haddad",
  contactEmail: "samira@example.test",
  country: "AE",
  redFlags: noFlags,
};

describe("sending a case", () => {
  it("needs nothing more when all is answered", () => {
    expect(missingForSubmit(complete)).toEqual([]);
  });

  it.each([
    ["treatment", { treatment: null }],
    ["problem", { problem: null }],
    ["contact.name", { contactName: null }],
    ["contact.email", { contactEmail: null }],
    ["contact.country", { country: null }],
    ["redFlags.syncope", { redFlags: { ...noFlags, syncope: undefined } as never }],
  ])("names %s when it is missing", (path, gap) => {
    expect(missingForSubmit({ ...complete, ...gap })).toEqual([path]);
  });

  it("asks all four questions of somebody who answered none", () => {
    const paths = RED_FLAG_QUESTIONS.map((question) => `redFlags.${question}`);
    expect(missingForSubmit({ ...complete, redFlags: null })).toEqual(paths);
  });
});

describe("an oxygen reading nobody took", () => {
  it("is an answer, which no other question has", () => {
    expect(missingForSubmit({ ...complete, redFlags: { ...noFlags, oxygenBelow92: null } })).toEqual([]);
    expect(missingForSubmit({ ...complete, redFlags: { ...noFlags, syncope: null } })).toEqual([
      "redFlags.syncope",
    ]);
  });

  it("is no warning sign, and no answer lost when it is measured later", () => {
    const before = { redFlags: { ...noFlags, oxygenBelow92: null }, urgent: false, seenByDoctorAt: null };
    expect(mustSeekHelp(before)).toBe(false);
    expect(alarmOf(before, { redFlags: { oxygenBelow92: true } }, now)).toMatchObject({
      raised: true,
      urgent: true,
    });
  });
});

describe("the steps of the intake", () => {
  it("open where the first answer is missing", () => {
    expect(openStepOf({ ...complete, redFlags: null, intakeStep: null })).toBe("flags");
    expect(openStepOf({ ...complete, problem: null, contactName: null, intakeStep: "treatment" })).toBe(
      "problem",
    );
    expect(openStepOf({ ...complete, country: null, intakeStep: "reach" })).toBe("patient");
    expect(openStepOf({ ...complete, contactEmail: null, intakeStep: "check" })).toBe("reach");
    expect(openStepOf({ ...complete, intakeStep: "check" })).toBe("check");
    expect(openStepOf({ ...complete, intakeStep: null })).toBe("check");
  });

  it("ask an optional question until it was answered or passed over", () => {
    expect(openStepOf({ ...complete, contactName: null, intakeStep: "values" })).toBe("values");
    expect(openStepOf({ ...complete, contactName: null, intakeStep: "patient" })).toBe("patient");
  });

  it("remember the furthest one reached", () => {
    expect(furtherStep("check", "problem")).toBe("check");
    expect(furtherStep("flags", "problem")).toBe("problem");
    expect(furtherStep(null, "breath")).toBe("breath");
    expect(furtherStep("no step of ours", "breath")).toBe("breath");
  });

  it("lead from each question to the next, and from a changed answer back to all of them", () => {
    expect(QUESTIONS.map((question) => stepAfter(question, false))).toEqual([...QUESTIONS.slice(1), "check"]);
    expect(QUESTIONS.map((question) => stepAfter(question, true))).toEqual(QUESTIONS.map(() => "check"));
  });

  it("name each question that must still be answered, once and in order", () => {
    expect(missingQuestions({ ...complete, contactName: null, country: null, redFlags: null })).toEqual([
      "flags",
      "patient",
    ]);
    expect(missingQuestions(complete)).toEqual([]);
  });
});

describe("what may still be changed", () => {
  const fields = ["contact", "birthOn", "treatment", "problem", "values", "redFlags", "intakeStep"];

  it("is everything for the patient while it is a draft", () => {
    expect(closedFields("patient", "draft", [...fields, "clinic"])).toEqual([]);
    expect(closedFields("patient", "submitted", ["clinic"])).toEqual(["clinic"]);
    expect(closedFields("coordinator", "triage", ["clinic"])).toEqual(["clinic"]);
  });

  it("is contact, birth date and feeling worse for the patient later", () => {
    expect(closedFields("patient", "triage", fields)).toEqual([
      "treatment",
      "problem",
      "values",
      "intakeStep",
    ]);
  });

  it("is the medical part for the coordinator", () => {
    expect(closedFields("coordinator", "triage", fields)).toEqual(["intakeStep"]);
  });

  it("is nothing once the case has ended", () => {
    for (const stage of STAGES.filter((one) => ["closed", "cancelled", "deceased"].includes(one))) {
      expect(closedFields("patient", stage, fields)).toEqual(fields);
      expect(closedFields("coordinator", stage, fields)).toEqual(fields);
    }
  });
});

describe("red flags", () => {
  const calm = { redFlags: noFlags, urgent: false, seenByDoctorAt: null };
  const flags = fc.record({
    restBreathlessness: fc.boolean(),
    restAngina: fc.boolean(),
    syncope: fc.boolean(),
    oxygenBelow92: fc.boolean(),
  });

  it("make a case urgent and stand before everything else", () => {
    const alarm = alarmOf(calm, { redFlags: { syncope: true } }, now);
    expect(alarm).toMatchObject({ urgent: true, raised: true, seenByDoctorAt: null });
    expect(mustSeekHelp(alarm)).toBe(true);
  });

  it("let the person go on once a doctor has seen them", () => {
    const ill = { redFlags: { ...noFlags, syncope: true }, urgent: true, seenByDoctorAt: null };
    const seen = alarmOf(ill, { seenByDoctor: true }, now);
    expect(seen).toMatchObject({ urgent: true, raised: false, seenByDoctorAt: now });
    expect(mustSeekHelp(seen)).toBe(false);
  });

  it("ask again when a new one comes after the doctor", () => {
    const seen = { redFlags: { ...noFlags, syncope: true }, urgent: true, seenByDoctorAt: now };
    expect(mustSeekHelp(alarmOf(seen, { redFlags: { restAngina: true } }, now))).toBe(true);
    expect(mustSeekHelp(alarmOf(seen, { redFlags: { syncope: true } }, now))).toBe(false);
  });

  it("never make an urgent case calm by themselves", () => {
    fc.assert(
      fc.property(flags, flags, (before, change) => {
        const urgent = Object.values(before).includes(true);
        const alarm = alarmOf({ redFlags: before, urgent, seenByDoctorAt: null }, { redFlags: change }, now);
        return !urgent || alarm.urgent;
      }),
    );
  });
});
