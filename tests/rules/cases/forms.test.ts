import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  answersField,
  assignCaseForm,
  countryField,
  editCaseForm,
  giveConsentForm,
  holdCaseForm,
  startCaseForm,
  textField,
} from "@/lib/cases/forms";
import { RESIDENCES } from "@/lib/guides/residence";
import { cursorOf, idOfCursor, pageOf } from "@/lib/cases/page";

const minimal = {
  treatment: "teer",
  problem: "Leaky mitral valve",
  contact: { name: "Samira Haddad", email: "Samira@Example.test", country: "ae" },
  redFlags: { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false },
};

describe("the form of a new case", () => {
  it("takes the minimal body and writes address and country in one way", () => {
    const form = startCaseForm.parse(minimal);
    expect(form.contact).toMatchObject({ email: "samira@example.test", country: "AE" });
  });

  it.each([
    ["an unknown treatment", { treatment: "homeopathy" }],
    ["no problem", { problem: "  " }],
    ["an unanswered question", { redFlags: { restAngina: false } }],
    ["a word for an answer", { redFlags: { ...minimal.redFlags, syncope: "no" } }],
    ["a country that is none", { contact: { ...minimal.contact, country: "ZZ" } }],
    ["a country in words", { contact: { ...minimal.contact, country: "Germany" } }],
    ["an address that is none", { contact: { ...minimal.contact, email: "samira" } }],
    ["NUL in a text", { problem: "a\u0000b" }],
    ["half a character", { problem: "a\ud800b" }],
    ["NUL deep in the answers", { values: { echo: [{ note: "a\u0000" }] } }],
    ["a birth date that is none", { birthOn: "1951-02-30" }],
    ["a birth date before the calendar", { birthOn: "0000-01-01" }],
  ])("refuses %s", (_, change) => {
    expect(startCaseForm.safeParse({ ...minimal, ...change }).success).toBe(false);
  });

  it("lets the oxygen be unknown, and nothing else", () => {
    const unknown = (question: string) => ({ redFlags: { ...minimal.redFlags, [question]: null } });
    expect(startCaseForm.safeParse({ ...minimal, ...unknown("oxygenBelow92") }).success).toBe(true);
    expect(startCaseForm.safeParse({ ...minimal, ...unknown("syncope") }).success).toBe(false);
  });

  it("takes every country the intake offers", () => {
    expect(RESIDENCES).toHaveLength(250);
    expect(new Set(RESIDENCES).size).toBe(250);
    expect(RESIDENCES.filter((code) => !countryField.safeParse(code).success)).toEqual([]);
  });

  it("keeps nothing it was not asked for", () => {
    expect(editCaseForm.parse({ stage: "treated", ownerId: "x", problem: "Worse" })).toEqual({
      problem: "Worse",
    });
  });

  it("never lets answers through that the database would refuse", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = answersField.safeParse(value);
        if (!parsed.success) return true;
        const text = JSON.stringify(parsed.data);
        return text.length <= 20_000 && !text.includes(String.raw`\u0000`);
      }),
    );
  });

  it("refuses a nest too deep to store", () => {
    const deep = JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`);
    expect(answersField.safeParse(deep).success).toBe(false);
  });
});

describe("other forms of a case", () => {
  it("take the version of a wording as text or as a number", () => {
    expect(giveConsentForm.parse({ clinic: "x", textVersion: 1 }).textVersion).toBe("1");
    expect(giveConsentForm.safeParse({ clinic: "x", textVersion: "v".repeat(41) }).success).toBe(false);
  });

  it("need a name to assign to, and a reason to rest", () => {
    expect(assignCaseForm.safeParse({}).success).toBe(false);
    expect(holdCaseForm.safeParse({ until: "2027-01-01T00:00:00Z" }).success).toBe(false);
    expect(holdCaseForm.parse({ until: null })).toEqual({ until: null });
    expect(holdCaseForm.safeParse({ reason: "Holiday", until: "next week" }).success).toBe(false);
  });

  it("know real countries only", () => {
    expect(countryField.safeParse("de").success).toBe(true);
    expect(countryField.safeParse("XQ").success).toBe(false);
  });

  it("trim texts", () => {
    expect(textField(10).parse("  yes ")).toBe("yes");
  });
});

describe("the pages of a list", () => {
  it("are found again by their cursor", () => {
    fc.assert(fc.property(fc.uuid({ version: 7 }), (id) => idOfCursor(cursorOf(id)) === id));
  });

  it("refuse what is no cursor", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const id = idOfCursor(text);
        return id === null || cursorOf(id) === text;
      }),
    );
  });

  it("say whether there is more", () => {
    const rows = [1, 2, 3].map((each) => ({ id: `0192f3a0-0000-7000-8000-00000000000${each}` }));
    expect(pageOf(rows, 3).next).toBeNull();
    const page = pageOf(rows, 2);
    expect(page.items).toHaveLength(2);
    expect(idOfCursor(page.next ?? "")).toBe(rows[1]?.id);
  });
});
