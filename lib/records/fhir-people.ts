import { z } from "zod";
import { isDay } from "@/lib/kernel/day";

/** A patient of whom a FHIR file speaks, as far as it says. */
export interface FhirPerson {
  birthOn: string | null;
  /** A year, or a month of one, where no more is told. */
  bornIn: string | null;
  names: string[];
  /** Something is said of whom it is, in no way we can read. */
  isUnread: boolean;
}

// Whatever of it is not as it should be is left out by itself: the rest still tells who it is.
const text = z.string().optional().catch(undefined);
const texts = z.array(text).catch([]);
const name = z.object({ text, family: text, given: texts.optional() });
const names = z.array(name.catch({})).catch([]);
const subject = z.object({ display: text, reference: text, type: text });

type Told = Record<string, unknown>;

/** Everybody it speaks of: patients, those that lie within another resource, and whom a subject names beside them. */
export function peopleIn(resources: readonly Told[]): FhirPerson[] {
  const all = resources.flatMap((one) => [one, ...containedIn(one)]);
  const patients = all.filter(({ resourceType }) => resourceType === "Patient").map(personOf);
  const known = new Set(patients.flatMap((one) => one.names));
  const named = new Set(all.flatMap(({ subject: who, patient }) => [shownOf(who), shownOf(patient)]).flat());
  const others = [...named].filter((one) => !known.has(one));
  return [
    ...patients,
    ...others.map((one) => ({ birthOn: null, bornIn: null, names: [one], isUnread: false })),
  ];
}

function containedIn({ contained }: Told): Told[] {
  return z.array(z.looseObject({}).catch({})).catch([]).parse(contained);
}

function personOf({ name: said, birthDate }: Told): FhirPerson {
  const read = names
    .parse(said)
    .map(nameOf)
    .filter((one) => one !== "");
  const born = bornOf(birthDate);
  const isUnread =
    (isSaid(said) && read.length === 0) || (isSaid(birthDate) && !born.birthOn && !born.bornIn);
  return { ...born, names: read, isUnread };
}

const isSaid = (told: unknown) =>
  told !== undefined && told !== null && !(Array.isArray(told) && !told.length);

function nameOf({ text: whole, family, given = [] }: z.infer<typeof name>): string {
  return (whole ?? [...given, family].filter((one) => one !== undefined).join(" ")).trim();
}

const DAY_LENGTH = "1951-02-03".length;
const PART_OF_DAY = /^\d{4}(-(0[1-9]|1[0-2]))?$/;

function bornOf(told: unknown): Pick<FhirPerson, "birthOn" | "bornIn"> {
  const date = typeof told === "string" ? told.trim() : "";
  const day = date.slice(0, DAY_LENGTH);
  if (isDay(day)) return { birthOn: day, bornIn: null };
  return { birthOn: null, bornIn: PART_OF_DAY.test(date) ? date : null };
}

/** The name a reference shows, unless it is one to something that is no patient. */
function shownOf(told: unknown): string[] {
  const { display = "", reference = "", type } = subject.catch({}).parse(told);
  const kind = type ?? /(?:^|\/)([A-Z]\w+)\/[^/]+$/.exec(reference)?.[1] ?? "Patient";
  return kind === "Patient" && display.trim() !== "" ? [display.trim()] : [];
}
