import type { ConditionSlug } from "./condition";

/** Every treatment the catalogue knows, by the slug its address and the API use. */
export const TREATMENTS = [
  "teer",
  "tavi-transfemoral",
  "tavi-transapical",
  "surgical-repair",
  "surgical-replacement",
  "tricuspid-teer",
  "medical-therapy",
  "rehabilitation",
] as const;

export type TreatmentSlug = (typeof TREATMENTS)[number];

/** Treatments nobody is put to bed for at once: their days and prices are not those of a procedure. */
export const NOT_PROCEDURES = [
  "medical-therapy",
  "rehabilitation",
] as const satisfies readonly TreatmentSlug[];

/** How the valve is reached. */
export const ACCESS_ROUTES = [
  "transfemoral",
  "transapical",
  "femoral-vein",
  "sternotomy",
  "minithoracotomy",
] as const;

export type AccessRoute = (typeof ACCESS_ROUTES)[number];

export type Approach = "catheter" | "surgery" | "medicine" | "rehabilitation";

export interface TreatmentFacts {
  slug: TreatmentSlug;
  valves: readonly ("aortic" | "mitral" | "tricuspid")[];
  approach: Approach;
  access: readonly AccessRoute[];
  conditions: readonly ConditionSlug[];
  /** Nights in hospital, fewest and most that sources name; null where nobody is admitted. */
  hospitalDays: readonly [number, number] | null;
  /** Days to stay near the hospital after discharge before a flight home; the operator's default. */
  nearbyDays: readonly [number, number] | null;
  /** Where the two figures above come from. */
  staySource: string;
}

const FACTS: Readonly<Record<TreatmentSlug, Omit<TreatmentFacts, "slug">>> = {
  teer: {
    valves: ["mitral"],
    approach: "catheter",
    access: ["femoral-vein"],
    conditions: ["mitral-regurgitation"],
    hospitalDays: [1, 3],
    nearbyDays: [7, 10],
    staySource: "Northern Light Health, patient page on the mitral clip; days nearby: operator's default",
  },
  "tavi-transfemoral": {
    valves: ["aortic"],
    approach: "catheter",
    access: ["transfemoral"],
    conditions: ["aortic-stenosis", "aortic-regurgitation"],
    hospitalDays: [1, 5],
    nearbyDays: [7, 14],
    staySource: "University Hospitals Plymouth, 2025; days nearby: operator's default",
  },
  "tavi-transapical": {
    valves: ["aortic"],
    approach: "catheter",
    access: ["transapical"],
    conditions: ["aortic-stenosis", "aortic-regurgitation"],
    hospitalDays: [2, 7],
    nearbyDays: [14, 21],
    staySource: "University Hospitals Plymouth, 2025; days nearby: operator's default",
  },
  "surgical-repair": {
    valves: ["mitral", "tricuspid", "aortic"],
    approach: "surgery",
    access: ["sternotomy", "minithoracotomy"],
    conditions: ["mitral-regurgitation", "tricuspid-regurgitation", "aortic-regurgitation"],
    hospitalDays: [5, 10],
    nearbyDays: [14, 21],
    staySource: "NHS, page on valve surgery; days nearby: operator's default",
  },
  "surgical-replacement": {
    valves: ["aortic", "mitral", "tricuspid"],
    approach: "surgery",
    access: ["sternotomy", "minithoracotomy"],
    conditions: [
      "aortic-stenosis",
      "aortic-regurgitation",
      "mitral-regurgitation",
      "tricuspid-regurgitation",
    ],
    hospitalDays: [5, 10],
    nearbyDays: [14, 21],
    staySource: "NHS, page on valve surgery; days nearby: operator's default",
  },
  "tricuspid-teer": {
    valves: ["tricuspid"],
    approach: "catheter",
    access: ["femoral-vein"],
    conditions: ["tricuspid-regurgitation"],
    hospitalDays: [1, 3],
    nearbyDays: [7, 10],
    staySource: "By analogy with the mitral clip; days nearby: operator's default",
  },
  "medical-therapy": {
    valves: ["mitral", "aortic", "tricuspid"],
    approach: "medicine",
    access: [],
    conditions: [
      "mitral-regurgitation",
      "aortic-stenosis",
      "aortic-regurgitation",
      "tricuspid-regurgitation",
    ],
    hospitalDays: null,
    nearbyDays: null,
    staySource: "No admission needed",
  },
  rehabilitation: {
    valves: ["mitral", "aortic", "tricuspid"],
    approach: "rehabilitation",
    access: [],
    conditions: [
      "mitral-regurgitation",
      "aortic-stenosis",
      "aortic-regurgitation",
      "tricuspid-regurgitation",
    ],
    hospitalDays: [14, 21],
    nearbyDays: [0, 2],
    staySource: "Operator's default for an in-patient programme",
  },
};

export function isTreatment(text: string): text is TreatmentSlug {
  return TREATMENTS.some((slug) => slug === text);
}

export function isAccessRoute(text: string): text is AccessRoute {
  return ACCESS_ROUTES.some((route) => route === text);
}

export function treatmentFacts(slug: TreatmentSlug): TreatmentFacts {
  return { slug, ...FACTS[slug] };
}
