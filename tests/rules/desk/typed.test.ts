import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builderForm } from "@/lib/desk/forms/builder";
import { cellName, pageOfWeeks, readCapacity } from "@/lib/desk/forms/capacity";
import { deskCasesQuery } from "@/lib/desk/forms/cases";
import { nestedForm } from "@/lib/desk/forms/nested";
import { readAskMore, readDecision } from "@/lib/desk/forms/review";
import { minorOf, typedSum } from "@/lib/kernel/typed-sum";
import { CURRENCIES } from "@/lib/kernel/money";

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

describe("a typed sum", () => {
  it("comes back as it was written, in every currency", () => {
    const anySum = fc.record({
      currency: fc.constantFrom(...CURRENCIES),
      minor: fc.integer({ min: 0, max: 1_000_000_000 }),
    });
    fc.assert(
      fc.property(anySum, ({ currency, minor }) => {
        expect(minorOf(typedSum(BigInt(minor), currency), currency)).toBe(minor);
      }),
    );
  });

  it.each([
    ["24500", "EUR", 2_450_000],
    ["24,500.50", "EUR", 2_450_050],
    ["24500,5", "EUR", 2_450_050],
    ["1 200", "JPY", 1_200],
    ["1.234", "KWD", 1_234],
    ["1234,500", "KWD", 1_234_500],
    ["1,234.500", "KWD", 1_234_500],
    ["1,234,567", "JPY", 1_234_567],
    ["٧٠٠٠", "EUR", 700_000],
    ["٢٤٬٥٠٠٫٥٠", "EUR", 2_450_050],
    ["۱۲۳۴٫۵", "KWD", 1_234_500],
    ["\u200F١٢٠٠\u200F", "EUR", 120_000],
  ] as const)("reads %s %s", (text, currency, minor) => expect(minorOf(text, currency)).toBe(minor));

  it("refuses a comma that could be either, where a currency has three decimals", () => {
    expect(minorOf("33,700", "KWD")).toBeNull();
    expect(minorOf("33,700", "EUR")).toBe(3_370_000);
  });

  it("refuses an Arabic comma that could be either, as it does the Western one", () => {
    expect(minorOf("٣٣،٧٠٠", "KWD")).toBeNull();
    expect(minorOf("٣٣،٧٠٠", "EUR")).toBe(3_370_000);
  });

  it.each(["", "about 300", "-5", "1.234", "0,125", "1234,500", "12,34,567", "1e5", "٢٤٬٥", "٢٤٬٥٠٠٬"])(
    "refuses %s as euros",
    (text) => {
      expect(minorOf(text, "EUR")).toBeNull();
    },
  );
});

describe("the fields of a form", () => {
  it("stand where their dotted names say, without gaps and without what was left empty", () => {
    const typed = nestedForm(
      formOf({ "lines.0.kind": "stay", "lines.3.kind": "visa", "lines.1.kind": " ", note: "x" }),
    );
    expect(typed).toEqual({ lines: [{ kind: "stay" }, { kind: "visa" }], note: "x" });
  });

  it("never reach a prototype", () => {
    nestedForm(formOf({ "__proto__.polluted": "yes", "constructor.prototype.polluted": "yes" }));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("keep the filters that exist and drop the others", () => {
    const query = deskCasesQuery({
      stage: "triage",
      owner: "somebody",
      waitingOn: "",
      q: ["V-2026", "other"],
    });
    expect(query).toMatchObject({ stage: "triage", q: "V-2026", limit: 50 });
    expect(query.owner).toBeUndefined();
    expect(query.waitingOn).toBeUndefined();
  });
});

describe("the estimate builder", () => {
  const line = { contract: "A", kind: "treatment", expected: "34000", cause: "Fixed price" };
  const typed = { currency: "EUR", validUntil: "2026-12-01", lines: [line], exclusions: "Flights\n\n Visa " };

  it("takes one price as fixed, and exclusions line by line", () => {
    const read = builderForm.parse(typed);
    expect(read.lines[0]).toMatchObject({
      low: { amount: 3_400_000 },
      high: { amount: 3_400_000 },
      optional: false,
    });
    expect(read.exclusions).toEqual(["Flights", "Visa"]);
  });

  it("says at which field a sum cannot be read", () => {
    const read = builderForm.safeParse({ ...typed, lines: [{ ...line, high: "much" }] });
    expect(read.error?.issues.map((issue) => issue.path.join("."))).toContain("lines.0.high");
  });

  it("refuses numbers that do not rise", () => {
    const read = builderForm.safeParse({ ...typed, lines: [{ ...line, low: "40000" }] });
    expect(read.success).toBe(false);
  });
});

describe("a typed answer of a heart team", () => {
  it("becomes figures, conditions and requests", () => {
    const read = readDecision({
      verdict: "eligible_with_conditions",
      conditions: "Teeth first\nNo fever",
      fitToTravel: "with_escort",
      risks: [{ event: "Stroke", percent: "0,9", source: "registry" }],
      stay: { wardDays: "5" },
    });
    expect(read.data).toMatchObject({
      conditions: [{ text: "Teeth first" }, { text: "No fever" }],
      answer: {
        fitToTravel: "with_escort",
        risks: [{ event: "Stroke", percent: 0.9 }],
        stay: { wardDays: 5 },
      },
    });
  });

  it("takes conditions row by row, each with who sees to it and by when", () => {
    const read = readDecision({
      verdict: "eligible_with_conditions",
      conditions: [{ text: "Teeth first", owner: "Home dentist", dueOn: "2026-12-01" }],
    });
    expect(read.data?.conditions).toEqual([
      { text: "Teeth first", owner: "Home dentist", dueOn: "2026-12-01" },
    ]);
  });

  it("leaves out what was typed before another verdict was chosen", () => {
    const read = readDecision({
      verdict: "not_eligible",
      reason: "Too frail.",
      conditions: "Teeth first",
      device: "mitraclip",
      stay: { wardDays: "5" },
      urgency: "elective",
    });
    expect(read.data).toEqual({
      verdict: "not_eligible",
      reason: "Too frail.",
      conditions: undefined,
      requests: undefined,
      answer: { urgency: "elective" },
    });
  });

  it("is refused without a reason when it is a no", () => {
    expect(readDecision({ verdict: "not_eligible" }).error?.issues[0]?.path).toEqual(["reason"]);
  });

  it("refuses a figure that is none at its own field", () => {
    const read = readDecision({ verdict: "eligible", stay: { wardDays: "a week" } });
    expect(read.error?.issues.map((issue) => issue.path.join("."))).toContain("stay.wardDays");
  });

  it("asks for ticked items and written wishes", () => {
    const read = readAskMore({ items: { tee_loops: "on" }, requests: "The operation report of 2019" });
    expect(read.data?.requests).toEqual([{ item: "tee_loops" }, { text: "The operation report of 2019" }]);
  });
});

describe("the capacity table", () => {
  const cell = cellName("2026-12-01", "teer");

  it("writes only what was changed", () => {
    const form = formOf({
      [cell]: "3",
      [`${cell}/shown`]: "2",
      "2026-12-02/teer": "1",
      "2026-12-02/teer/shown": "1",
    });
    const { count, read } = readCapacity(form);
    expect(count).toBe(1);
    expect(read.data).toEqual([{ on: "2026-12-01", treatment: "teer", capacity: 3 }]);
  });

  it("takes an emptied number as none", () => {
    expect(readCapacity(formOf({ [cell]: "", [`${cell}/shown`]: "2" })).read.data?.[0]?.capacity).toBe(0);
  });

  it("refuses half a procedure", () => {
    expect(readCapacity(formOf({ [cell]: "1.5", [`${cell}/shown`]: "" })).read.success).toBe(false);
  });

  it.each([
    ["2", 2],
    ["6", 0],
    ["-1", 0],
    ["x", 0],
    [undefined, 0],
  ])("opens page %s of twelve weeks as %s", (text, page) => expect(pageOfWeeks(text)).toBe(page));
});

describe("a typed line of medicine supply", () => {
  const typed = (fields: Record<string, string>) =>
    builderForm.safeParse(
      nestedForm(
        formOf({
          ...{ currency: "EUR", validUntil: "2027-05-01", "lines.0.contract": "B", "lines.0.cause": "List" },
          ...{ "lines.0.expected": "90", "lines.0.kind": "medicine_supply" },
          ...fields,
        }),
      ),
    );

  it("says its way home, and no other line does", () => {
    expect(typed({}).error?.issues).toMatchObject([{ path: ["lines", 0, "mode"] }]);
    expect(typed({ "lines.0.mode": "local" }).data?.lines[0]).toMatchObject({ options: { mode: "local" } });
    const other = typed({ "lines.0.kind": "visa", "lines.0.mode": "local" }).data?.lines[0];
    expect(other?.options).toBeUndefined();
  });
});
