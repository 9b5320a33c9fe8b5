import { describe, expect, it } from "vitest";
import words from "@/locales/en/records.json";
import {
  checklistFor,
  isTooOld,
  ITEM_CODES,
  type ItemStatus,
  mergeChecklist,
  openRequired,
  ruleOf,
} from "@/lib/records/checklist";
import { FINDING_CODES } from "@/lib/records/finding";
import { RECORD_KINDS, RECORD_STATES, REJECT_REASONS } from "@/lib/records/record";

const TREATMENTS = [
  "teer",
  "tavi-transfemoral",
  "tavi-transapical",
  "surgical-repair",
  "surgical-replacement",
  "tricuspid-teer",
  "medical-therapy",
  "rehabilitation",
  "not-sure",
];
const INVASIVE = ["tee_loops", "ct_gated", "ct_calcium", "coronary", "right_heart_cath"];

const kept = (item: string, status: ItemStatus, recordId: string | null = null) => ({
  item,
  status,
  recordId,
  reason: null,
});

describe("the checklist of a treatment", () => {
  it.each(TREATMENTS)("of %s asks for a first answer only what exists already", (treatment) => {
    const rules = checklistFor(treatment);
    const first = rules.filter((rule) => rule.phase === 1).map((rule) => rule.item);
    expect(first).toContain("tte_report");
    for (const item of INVASIVE) expect(first).not.toContain(item);
    expect(new Set(rules.map((rule) => rule.item)).size).toBe(rules.length);
  });

  it("follows the table where treatments differ", () => {
    const need = (treatment: string, item: string) =>
      checklistFor(treatment).find((rule) => rule.item === item)?.need;
    expect(need("teer", "tte_loops")).toBe("required");
    expect(need("teer", "tee_loops")).toBe("required");
    expect(need("teer", "ct_gated")).toBeUndefined();
    expect(need("tavi-transfemoral", "ct_gated")).toBe("required");
    expect(need("tavi-transfemoral", "tte_loops")).toBe("conditional");
    expect(need("tricuspid-teer", "right_heart_cath")).toBe("required");
    expect(need("surgical-replacement", "dental")).toBe("required");
    expect(need("surgical-repair", "tee_loops")).toBe("conditional");
  });

  it("of somebody not sure, and of a word nobody knows, is the shortest", () => {
    for (const treatment of [null, "", "constructor", "unheard-of"]) {
      expect(checklistFor(treatment)).toEqual(checklistFor("not-sure"));
    }
    const required = (treatment: string) =>
      checklistFor(treatment).filter((rule) => rule.need === "required");
    for (const treatment of TREATMENTS) {
      expect(required("not-sure").length).toBeLessThanOrEqual(required(treatment).length);
    }
  });
});

describe("a merged checklist", () => {
  it("keeps what was given beyond the list in view", () => {
    const lines = mergeChecklist("teer", [kept("ct_gated", "given", "r1"), kept("ct_calcium", "missing")]);
    expect(lines.find((line) => line.item === "ct_gated")).toMatchObject({
      status: "given",
      need: "optional",
      recordId: "r1",
    });
    expect(lines.some((line) => line.item === "ct_calcium")).toBe(false);
    const places = lines.map((line) => ITEM_CODES.indexOf(line.item));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  it("shows what a centre asked for beyond the list", () => {
    const lines = mergeChecklist("teer", [{ ...kept("ct_calcium", "missing"), reason: "Before a TAVI" }]);
    expect(lines.find((line) => line.item === "ct_calcium")?.reason).toBe("Before a TAVI");
  });

  it.each([
    ["missing", true],
    ["given", true],
    ["rejected", true],
    ["too_old", true],
    ["accepted", false],
    ["waived", false],
    ["not_available", false],
  ] as const)("with an item that is %s is open: %s", (status, isOpen) => {
    const lines = mergeChecklist("teer", [kept("ecg", status)]);
    expect(openRequired(lines).includes("ecg")).toBe(isOpen);
  });

  it("never waits for phase two or for what is not required", () => {
    expect(openRequired(mergeChecklist("tavi-transfemoral", []))).toEqual([
      "tte_report",
      "ecg",
      "labs",
      "medication_list",
    ]);
  });
});

describe("age", () => {
  it("counts only when both the date and a limit are known", () => {
    expect(isTooOld(93, 92)).toBe(true);
    expect(isTooOld(92, 92)).toBe(false);
    expect(isTooOld(null, 92)).toBe(false);
    expect(isTooOld(9_999, null)).toBe(false);
    expect(ruleOf("teer", "labs").maxAgeDays).toBe(42);
  });
});

describe("the words", () => {
  it("exist for every code a person may meet", () => {
    for (const item of ITEM_CODES) expect(words.items[item].why).toMatch(/\.$/);
    for (const code of FINDING_CODES) expect(words.findings[code]).toMatch(/\.$/);
    for (const state of RECORD_STATES) expect(words.states[state]).toBeTruthy();
    for (const kind of RECORD_KINDS) expect(words.kinds[kind]).toBeTruthy();
    for (const reason of REJECT_REASONS) expect(words.reasons[reason]).toMatch(/\.$/);
  });
});
