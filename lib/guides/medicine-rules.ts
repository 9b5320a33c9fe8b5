import { type Day, dayOf, daysBetween } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";

/** How medicines get home: in the bag with papers, from a pharmacy there, or by post. */
export const SUPPLY_MODES = ["carry", "local", "post"] as const;
export type SupplyMode = (typeof SUPPLY_MODES)[number];

export interface MedicineItem {
  /** International non-proprietary name, "apixaban". */
  inn: string;
  strength: string;
  /** Single doses in all. */
  quantity: number;
  perDay: number;
  class?: string | undefined;
}

export interface MedicineRule {
  id: string;
  countries: readonly string[];
  carryDays: number;
  /** Days of a controlled medicine in the bag; 0: not without the authority's own permit. */
  carryDaysControlled: number;
  post: "no" | "permit" | "yes";
  priorPermit: "none" | "controlled" | "all";
  languages: readonly string[];
  documents: readonly string[];
  source: string;
  checkedOn: Day;
  confidence: "high" | "medium" | "low";
}

/** Version of the whole table; written beside each decision. */
export const RULES_VERSION = "2026-10-15";
const CHECKED: Day = "2026-10-15";
/** A rule nobody has looked at for so long is not relied on. */
const FRESH_DAYS = 180;

const EU = "AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(
  " ",
);
const PAPERS = ["prescription", "discharge_letter", "passport_copy", "pharmacy_invoice"] as const;

type Facts = Omit<MedicineRule, "id" | "countries" | "documents" | "checkedOn"> & {
  extra?: readonly string[];
  /** A rule that was looked at again by itself. */
  checkedOn?: Day;
};

function rule(
  id: string,
  countries: readonly string[],
  { extra = [], checkedOn = CHECKED, ...facts }: Facts,
): MedicineRule {
  return { id, countries, documents: [...PAPERS, ...extra], checkedOn, ...facts };
}

export const MEDICINE_RULES: readonly MedicineRule[] = [
  rule("de", ["DE"], {
    carryDays: 90,
    carryDaysControlled: 30,
    post: "no",
    priorPermit: "none",
    languages: ["de", "en"],
    source: "German customs, as quoted by RP-Online; US Army Customs Europe",
    confidence: "medium",
    extra: ["original_pack"],
  }),
  rule("eu", EU, {
    carryDays: 90,
    carryDaysControlled: 30,
    post: "no",
    priorPermit: "none",
    languages: ["en"],
    source: "General practice; Schengen certificate for narcotics",
    confidence: "low",
  }),
  rule("us", ["US"], {
    carryDays: 90,
    carryDaysControlled: 0,
    post: "yes",
    priorPermit: "none",
    languages: ["en"],
    source: "FDA on import for own use",
    confidence: "medium",
    extra: ["original_pack"],
  }),
  rule("ae", ["AE"], {
    carryDays: 90,
    carryDaysControlled: 30,
    post: "permit",
    priorPermit: "controlled",
    languages: ["en", "ar"],
    source: "MOHAP rules, as quoted by Khaleej Times",
    confidence: "medium",
    extra: ["medical_report", "identity_card"],
  }),
  rule("sa", ["SA"], {
    carryDays: 30,
    carryDaysControlled: 0,
    post: "no",
    priorPermit: "controlled",
    languages: ["en", "ar"],
    source: "SFDA clearance since 1 November 2025, KAUST Health notice",
    confidence: "medium",
    extra: ["medical_report"],
  }),
  rule("ru", ["RU"], {
    carryDays: 30,
    carryDaysControlled: 30,
    post: "no",
    priorPermit: "none",
    languages: ["ru"],
    source: "Russian customs answers, quoted by travel sites",
    confidence: "low",
    extra: ["russian_translation", "red_channel_for_controlled"],
  }),
  rule("by", ["BY"], {
    carryDays: 30,
    carryDaysControlled: 7,
    post: "no",
    priorPermit: "none",
    languages: ["ru", "be"],
    source: "Belarusian customs committee, quoted by reform.news",
    confidence: "medium",
    extra: ["certified_translation"],
  }),
  rule("kz", ["KZ"], {
    carryDays: 30,
    carryDaysControlled: 30,
    post: "no",
    priorPermit: "none",
    languages: ["ru", "kk"],
    source: "Eurasian Economic Union, general practice",
    confidence: "low",
    extra: ["certified_translation"],
  }),
];

const DEFAULT_RULE = rule("default", [], {
  carryDays: 30,
  carryDaysControlled: 0,
  post: "no",
  priorPermit: "controlled",
  languages: ["en"],
  source: "Default of the portal: little in the bag, nothing by post",
  confidence: "low",
  extra: ["medical_report"],
});

/** Substances named as controlled by at least one of the countries above. They are never posted. */
const CONTROLLED = [
  "tramadol",
  "codeine",
  "oxycodone",
  "morphine",
  "fentanyl",
  "diazepam",
  "lorazepam",
  "zolpidem",
  "phenobarbital",
  "alprazolam",
];
const CONTROLLED_CLASSES = ["controlled", "narcotic", "opioid", "psychotropic"];
const COLD_CHAIN = ["insulin"];

export type BlockReason =
  | "rule_stale"
  | "items_missing"
  | "post_not_allowed"
  | "controlled_substance"
  | "permit_needed"
  | "cold_chain"
  | "too_many_days";

export interface Supply {
  ruleId: string;
  ruleVersion: string;
  papers: string[];
  /** Shown as "ask your customs office first". */
  askCustoms: boolean;
}

export function ruleFor(country: string): MedicineRule {
  return MEDICINE_RULES.find((candidate) => candidate.countries.includes(country)) ?? DEFAULT_RULE;
}

export function isControlled(item: MedicineItem): boolean {
  const inn = item.inn.toLowerCase();
  return (
    CONTROLLED.some((name) => inn.includes(name)) ||
    CONTROLLED_CLASSES.includes((item.class ?? "").toLowerCase())
  );
}

/** Whole days a patient lives on what is sent; the last begun day counts. */
export function daysSupplied(item: MedicineItem): number {
  return Math.ceil(item.quantity / item.perDay);
}

/** Why nothing may be priced for this way to this country, whatever the medicines will be; null where it may. */
export function whyModeBlocked(mode: SupplyMode, destination: string, now: Date): BlockReason | null {
  if (mode === "local") return null;
  const found = ruleFor(destination);
  if (isStale(found, now)) return "rule_stale";
  if (mode === "post") return found.post === "no" ? "post_not_allowed" : null;
  return found.priorPermit === "all" ? "permit_needed" : null;
}

/** How a rule is looked at again stands in docs/medicines.md. */
function isStale({ checkedOn }: MedicineRule, now: Date): boolean {
  return daysBetween(checkedOn, dayOf(now)) > FRESH_DAYS;
}

/** Whether this way of supply may be offered at all for this country. What is blocked is never sold. */
export function decideSupply(
  mode: SupplyMode,
  items: readonly MedicineItem[],
  destination: string,
  now: Date,
): Outcome<Supply, BlockReason> {
  const found = ruleFor(destination);
  const { id: ruleId } = found;
  const supply = (papers: readonly string[]): Supply => ({
    ruleId,
    ruleVersion: RULES_VERSION,
    papers: [...papers],
    askCustoms: found.confidence !== "high",
  });
  if (mode === "local") return done(supply(["prescription", "discharge_letter"]));
  if (isStale(found, now)) return refused("rule_stale", { rule: ruleId });
  const blocked = mode === "post" ? whyNotPosted(found, items) : whyNotCarried(found, items);
  if (blocked) return refused(blocked, { rule: ruleId });
  if (mode === "carry") return done(supply(found.documents));
  return done(
    supply([...found.documents, "customs_form", ...(found.post === "permit" ? ["import_permit"] : [])]),
  );
}

function whyNotPosted(found: MedicineRule, items: readonly MedicineItem[]): BlockReason | null {
  if (found.post === "no") return "post_not_allowed";
  if (items.length === 0) return "items_missing";
  if (items.some(isControlled)) return "controlled_substance";
  if (items.some((item) => COLD_CHAIN.some((name) => item.inn.toLowerCase().includes(name))))
    return "cold_chain";
  return items.some((item) => daysSupplied(item) > found.carryDays) ? "too_many_days" : null;
}

function whyNotCarried(found: MedicineRule, items: readonly MedicineItem[]): BlockReason | null {
  if (found.priorPermit === "all" && items.length > 0) return "permit_needed";
  const controlled = items.filter(isControlled);
  if (controlled.length > 0 && (found.priorPermit === "controlled" || found.carryDaysControlled === 0))
    return "permit_needed";
  if (controlled.some((item) => daysSupplied(item) > found.carryDaysControlled)) return "too_many_days";
  return items.some((item) => daysSupplied(item) > found.carryDays) ? "too_many_days" : null;
}
