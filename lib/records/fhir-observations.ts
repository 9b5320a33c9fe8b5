import { z } from "zod";
import { isDay } from "@/lib/kernel/day";
import { type CodedNumber, fieldOf, schemeOf } from "./coded-number";
import { type FhirPerson, peopleIn } from "./fhir-people";

const RESOURCES_MAX = 5_000;

const coding = z.object({ system: z.string().optional(), code: z.string().optional() });
const concept = z.object({ coding: z.array(coding).optional(), text: z.string().optional() });
const quantity = z.object({
  value: z.number(),
  unit: z.string().optional(),
  code: z.string().optional(),
  comparator: z.string().optional(),
});
const part = z.object({ code: concept, valueQuantity: quantity.optional() });
const observation = part.extend({
  resourceType: z.literal("Observation"),
  status: z.string(),
  effectiveDateTime: z.string().optional(),
  effectivePeriod: z.object({ start: z.string().optional() }).optional(),
  bodySite: concept.optional(),
  method: concept.optional(),
  component: z.array(part).optional(),
});
type Observed = z.infer<typeof observation>;

const resource = z.looseObject({ resourceType: z.string() });
const bundle = z.object({
  resourceType: z.literal("Bundle"),
  entry: z.array(z.object({ resource: resource.optional() })).optional(),
});

/** What a file in FHIR R4 JSON tells: how many resources, whose they are as far as they say, and their numbers. */
export interface FhirFile {
  resources: number;
  /** Everybody it speaks of as a patient. */
  people: FhirPerson[];
  numbers: CodedNumber[];
  /** The newest day an observation of it is of. */
  examOn: string | null;
}

/** Reads one resource, a bundle, or a list of resources (R4, JSON); null when it is nothing of the kind. */
export function readFhir(text: string): FhirFile | null {
  const resources = resourcesIn(parsed(text));
  if (resources === null || resources.length > RESOURCES_MAX) return null;
  const numbers = resources.flatMap((one) => {
    const read = observation.safeParse(one);
    return read.success ? numbersOf(read.data) : [];
  });
  const days = numbers.flatMap(({ measuredOn }) => measuredOn ?? []).toSorted();
  return {
    resources: resources.length,
    people: peopleIn(resources),
    numbers,
    examOn: days.at(-1) ?? null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Resource = z.infer<typeof resource>;

function resourcesIn(json: unknown): Resource[] | null {
  const many = bundle.safeParse(json);
  if (many.success) return (many.data.entry ?? []).flatMap((entry) => entry.resource ?? []);
  const one = resource.safeParse(json);
  return one.success ? [one.data] : null;
}

/** Observations that somebody stands for; drafts and errors are not read. */
const STANDING = ["final", "amended", "corrected"];
const DAY_LENGTH = "2026-05-04".length;

function numbersOf(one: Observed): CodedNumber[] {
  if (!STANDING.includes(one.status)) return [];
  const day = (one.effectiveDateTime ?? one.effectivePeriod?.start ?? "").slice(0, DAY_LENGTH);
  const said = {
    site: codesOf(one.bodySite).find(({ scheme }) => scheme === "sct")?.code ?? null,
    flow: null,
    method: codesOf(one.method).find(({ scheme }) => scheme === "dcm")?.code ?? null,
    methodWords: one.method?.text?.slice(0, 64) ?? null,
    isChosen: false,
    measuredOn: isDay(day) ? day : null,
  };
  return [one, ...(one.component ?? [])].flatMap(({ code, valueQuantity }) => {
    // "Less than 5" is no number to grade by.
    if (!valueQuantity || valueQuantity.comparator) return [];
    const unit = valueQuantity.code ?? valueQuantity.unit ?? "";
    const all = codesOf(code).map((coded) => ({ ...said, ...coded, value: valueQuantity.value, unit }));
    // One number may carry several codes for the same thing.
    return all.find((number) => fieldOf(number) !== null) ?? [];
  });
}

function codesOf(said: z.infer<typeof concept> | undefined): { scheme: string; code: string }[] {
  return (said?.coding ?? []).flatMap(({ system, code }) =>
    code ? [{ scheme: schemeOf(system ?? ""), code }] : [],
  );
}
