import { type Day, daysBetween } from "@/lib/kernel/day";
import type { AgeLimits, CaseLimits } from "./age-limit";

/** How urgently a treatment asks for a document: always, in some situations, or only if it is at hand. */
export type Need = "required" | "conditional" | "optional";
export type ItemStatus =
  | "missing"
  | "given"
  | "accepted"
  | "too_old"
  | "rejected"
  | "waived"
  | "not_available";

/**
 * First answer: what a patient usually has already. Before a date, or on arrival: the rest. The portal never sends
 * anybody to a contrast or invasive test; only a clinic's own request to the treating doctor may.
 */
export type Phase = 1 | 2;

export interface ChecklistRule {
  item: ItemCode;
  phase: Phase;
  need: Need;
  /** Counted at the moment of review; null when it does not age. A default that a reviewer may overrule. */
  maxAgeDays: number | null;
}

const MONTH_3 = 92;
const MONTH_6 = 183;
const MONTH_12 = 365;
const WEEK_6 = 42;

/** In the order the list is read. */
const ITEMS = [
  { item: "tte_report", phase: 1, maxAgeDays: MONTH_6 },
  { item: "tte_loops", phase: 1, maxAgeDays: MONTH_6 },
  { item: "ecg", phase: 1, maxAgeDays: MONTH_3 },
  { item: "labs", phase: 1, maxAgeDays: WEEK_6 },
  { item: "medication_list", phase: 1, maxAgeDays: null },
  { item: "letters", phase: 1, maxAgeDays: null },
  { item: "tee_loops", phase: 2, maxAgeDays: MONTH_6 },
  { item: "ct_gated", phase: 2, maxAgeDays: MONTH_12 },
  { item: "ct_calcium", phase: 2, maxAgeDays: MONTH_12 },
  { item: "coronary", phase: 2, maxAgeDays: MONTH_12 },
  { item: "right_heart_cath", phase: 2, maxAgeDays: MONTH_6 },
  { item: "natriuretic_peptide", phase: 2, maxAgeDays: MONTH_3 },
  { item: "gdmt_list", phase: 2, maxAgeDays: null },
  { item: "dental", phase: 2, maxAgeDays: MONTH_6 },
  { item: "swab", phase: 2, maxAgeDays: null },
  { item: "carotid_lung", phase: 2, maxAgeDays: MONTH_12 },
  { item: "frailty", phase: 2, maxAgeDays: MONTH_3 },
  { item: "photo_id", phase: 2, maxAgeDays: null },
] as const;

export type ItemCode = (typeof ITEMS)[number]["item"];
export const ITEM_CODES: readonly ItemCode[] = ITEMS.map(({ item }) => item);

type Needs = Partial<Record<ItemCode, Need>>;

/** What every interventional treatment asks for. */
const BASE: Needs = {
  tte_report: "required",
  ecg: "required",
  labs: "required",
  medication_list: "required",
  letters: "conditional",
  gdmt_list: "required",
  swab: "conditional",
  frailty: "required",
  photo_id: "required",
};

const SURGERY: Needs = {
  ...BASE,
  tte_loops: "optional",
  ct_gated: "conditional",
  coronary: "conditional",
  right_heart_cath: "conditional",
  natriuretic_peptide: "optional",
  dental: "required",
  carotid_lung: "conditional",
};

const NOT_SURE: Needs = {
  tte_report: "required",
  tte_loops: "conditional",
  ecg: "required",
  labs: "required",
  medication_list: "required",
  letters: "conditional",
  photo_id: "required",
};

const NEEDS: Record<string, Needs> = {
  teer: {
    ...BASE,
    tte_loops: "required",
    tee_loops: "required",
    coronary: "conditional",
    right_heart_cath: "conditional",
    natriuretic_peptide: "required",
    dental: "conditional",
  },
  "tricuspid-teer": {
    ...BASE,
    tte_loops: "required",
    tee_loops: "required",
    ct_gated: "conditional",
    coronary: "conditional",
    right_heart_cath: "required",
    natriuretic_peptide: "required",
    dental: "conditional",
  },
  "tavi-transfemoral": {
    ...BASE,
    tte_loops: "conditional",
    tee_loops: "optional",
    ct_gated: "required",
    ct_calcium: "conditional",
    coronary: "conditional",
    right_heart_cath: "optional",
    natriuretic_peptide: "optional",
    dental: "required",
    carotid_lung: "optional",
  },
  "tavi-transapical": {
    ...BASE,
    tte_loops: "required",
    tee_loops: "conditional",
    ct_gated: "required",
    coronary: "conditional",
    right_heart_cath: "optional",
    natriuretic_peptide: "optional",
    dental: "required",
    carotid_lung: "optional",
  },
  "surgical-repair": { ...SURGERY, tee_loops: "conditional" },
  "surgical-replacement": { ...SURGERY, tee_loops: "optional" },
  "medical-therapy": {
    ...NOT_SURE,
    natriuretic_peptide: "required",
    gdmt_list: "required",
    tte_loops: "optional",
  },
  rehabilitation: { ...NOT_SURE, letters: "required", frailty: "required", tte_loops: "optional" },
};

export function isChecklistItem(code: string): code is ItemCode {
  return ITEMS.some(({ item }) => item === code);
}

/** The age an item may have where nobody said otherwise. */
export function usualAgeDays(item: ItemCode): number | null {
  return ITEMS.find((line) => line.item === item)?.maxAgeDays ?? null;
}

function withAge<T extends ChecklistRule>(rule: T, limits: AgeLimits): T {
  const said = limits[rule.item];
  return said === undefined ? rule : { ...rule, maxAgeDays: said };
}

/** What one treatment asks for, in two phases; somebody who is not sure yet is asked for the least. */
export function checklistFor(treatment: string | null, limits: AgeLimits = {}): ChecklistRule[] {
  const needs = (treatment !== null && Object.hasOwn(NEEDS, treatment) && NEEDS[treatment]) || NOT_SURE;
  return ITEMS.flatMap((line) => {
    const need = needs[line.item];
    return need ? [withAge({ ...line, need }, limits)] : [];
  });
}

/** The rule of one item, also when this treatment does not ask for it: then it is welcome, no more. */
export function ruleOf(
  treatment: string | null,
  item: ItemCode,
  limits: AgeLimits = {},
): ChecklistRule & { position: number } {
  const position = ITEMS.findIndex((line) => line.item === item);
  const asked = checklistFor(treatment).find((rule) => rule.item === item);
  const line = ITEMS[position];
  if (!line) throw new RangeError(`No such item: ${item}`);
  return withAge({ ...(asked ?? { ...line, need: "optional" as const }), position }, limits);
}

/** What is kept of one item of one case. */
export interface KeptItem {
  item: string;
  status: ItemStatus;
  recordId: string | null;
  reason: string | null;
  /** The day of the examination in the given file; null where nobody knows it. */
  examOn?: Day | null;
}

export interface ChecklistLine extends ChecklistRule {
  /** Whose limit of age this is, where it is a centre's own. */
  centre: string | null;
  status: ItemStatus;
  recordId: string | null;
  reason: string | null;
}

/** Whether somebody asked for it or something became of it: an erased file of a line nobody asked for leaves nothing. */
function isAlive({ status, reason }: KeptItem): boolean {
  return status !== "missing" || reason !== null;
}

/** What ages are judged by: the limits, whose they are, and the day they are judged on. */
export interface AgeRule extends CaseLimits {
  today: Day;
}

/**
 * The treatment's list with what happened to each line; what was given or asked for beyond the list is shown too. With
 * an age rule, what has grown too old since it was given says so; what somebody accepted stays accepted.
 */
export function mergeChecklist(
  treatment: string | null,
  kept: readonly KeptItem[],
  age: AgeRule | null = null,
): ChecklistLine[] {
  const limits = age?.limits ?? {};
  const asked = checklistFor(treatment, limits);
  const beyond = kept
    .filter(isAlive)
    .map(({ item }) => item)
    .filter(isChecklistItem)
    .filter((item) => asked.every((rule) => rule.item !== item))
    .map((item) => ruleOf(treatment, item, limits));
  const all = [...asked, ...beyond].toSorted((one, other) => order(one.item) - order(other.item));
  return all.map(({ item, phase, need, maxAgeDays }) => {
    const found = kept.find((line) => line.item === item);
    const { recordId = null, reason = null } = found ?? {};
    const status = found ? statusToday(found, maxAgeDays, age?.today ?? null) : "missing";
    const centre = age?.centres[item] ?? null;
    return { item, phase, need, maxAgeDays, centre, status, recordId, reason };
  });
}

function statusToday({ status, examOn }: KeptItem, maxAgeDays: number | null, today: Day | null): ItemStatus {
  if (status !== "given" || !examOn || today === null) return status;
  return isTooOld(daysBetween(examOn, today), maxAgeDays) ? "too_old" : status;
}

function order(item: ItemCode): number {
  return ITEM_CODES.indexOf(item);
}

const SETTLED: readonly ItemStatus[] = ["accepted", "waived", "not_available"];

/** What still stands between the case and a first answer: required in phase one, and nobody's word on it yet. */
export function openRequired(lines: readonly ChecklistLine[]): ItemCode[] {
  return lines
    .filter((line) => line.phase === 1 && line.need === "required" && !SETTLED.includes(line.status))
    .map((line) => line.item);
}

/** Whether an examination is older than an item allows. Without a date nothing is claimed. */
export function isTooOld(ageDays: number | null, maxAgeDays: number | null): boolean {
  return ageDays !== null && maxAgeDays !== null && ageDays > maxAgeDays;
}
