import { describe, expect, it } from "vitest";
import { readAnswer, withoutFields } from "@/lib/cases/intake-answer";
import type { Question } from "@/lib/cases/intake";

const kept = { symptoms: { nyha: "II" }, values: null };
const read = (question: Question, typed: Record<string, string>, breaksOff = false) =>
  readAnswer({ question, typed, breaksOff }, kept);
const calm = { restBreathlessness: "no", restAngina: "no", syncope: "no", oxygenBelow92: "unknown" };

describe("the four warning signs", () => {
  it("are answered all together", () => {
    expect(read("flags", calm)).toEqual({
      ok: true,
      changes: {
        redFlags: { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: null },
      },
    });
    const { syncope: _left, ...three } = calm;
    expect(read("flags", three)).toMatchObject({
      ok: false,
      faults: { syncope: { fault: "unanswered" } },
    });
    expect(read("flags", { ...calm, restAngina: "unknown" })).toMatchObject({
      ok: false,
      faults: { restAngina: { fault: "unanswered" } },
    });
  });

  it("are kept as far as they were answered when somebody breaks off", () => {
    expect(read("flags", { restAngina: "yes" }, true)).toEqual({
      ok: true,
      changes: { redFlags: { restAngina: true } },
    });
    expect(read("flags", {}, true)).toEqual({ ok: true, changes: {} });
  });
});

describe("an answer of the intake", () => {
  it("changes what its screen asks and nothing else", () => {
    expect(read("problem", { problem: "Leaky" })).toEqual({ ok: true, changes: { problem: "Leaky" } });
    expect(read("treatment", { treatment: "teer", problem: "x" })).toEqual({
      ok: true,
      changes: { treatment: "teer" },
    });
    expect(read("everyday", { "symptoms.stairs": "one" })).toEqual({
      ok: true,
      changes: { symptoms: { nyha: "II", stairs: "one" } },
    });
    expect(read("reach", { "contact.email": "a@b.test", "contact.phone": "" })).toEqual({
      ok: true,
      changes: { contact: { email: "a@b.test" } },
    });
  });

  it("is left for another day, where it is still empty and somebody breaks off", () => {
    expect(read("problem", { problem: " " }, true)).toEqual({ ok: true, changes: {} });
    expect(read("patient", { "contact.name": "", "contact.country": "AE" }, true)).toEqual({
      ok: true,
      changes: { contact: { country: "AE" } },
    });
  });

  it("names the day and the value that cannot be", () => {
    expect(read("born", { birthDay: "31", birthMonth: "2", birthYear: "1951" })).toEqual({
      ok: false,
      faults: { birthOn: { fault: "no_day" } },
      changes: {},
    });
    expect(read("values", { "values.lvef": "3" })).toMatchObject({
      ok: false,
      faults: { "values.lvef": { fault: "value", code: "lvef" } },
    });
  });

  it("is kept as far as it can be read, beside one that cannot", () => {
    const before = { symptoms: null, values: { lvef: { value: 50, unit: "percent" } } };
    const typed = { "values.lvef": "many", "values.meanGradient": "40", "unit.meanGradient": "mmHg" };
    const sent = readAnswer({ question: "values", typed, breaksOff: true }, before);
    expect(sent).toMatchObject({
      ok: false,
      changes: {
        values: { lvef: { value: 50, unit: "percent" }, meanGradient: { value: 40, unit: "mmHg" } },
      },
    });
    const contact = { email: "nobody", phone: "+49 221 4710" };
    expect(withoutFields({ contact, problem: "x" }, ["contact.email", "problem"])).toEqual({
      contact: { phone: "+49 221 4710" },
    });
  });
});
