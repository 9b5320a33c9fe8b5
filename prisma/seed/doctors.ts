import type { Day } from "@/lib/kernel/day";
import { searchWords } from "@/lib/guides/word";
import type { Chance } from "./chance";
import type { DemoClinic } from "./data/clinics";
import type { DemoCountry } from "./data/places";

const SPECIALITIES = [
  {
    speciality: "Interventional cardiology",
    treatments: ["teer", "tricuspid-teer", "tavi-transfemoral"],
    work: "places catheter valves and clips",
  },
  {
    speciality: "Cardiac surgery",
    treatments: ["surgical-repair", "surgical-replacement", "tavi-transapical"],
    work: "repairs and replaces valves",
  },
  {
    speciality: "Cardiac imaging",
    treatments: [],
    work: "reads ultrasound and CT pictures and plans the procedures",
  },
  {
    speciality: "Heart failure",
    treatments: ["medical-therapy"],
    work: "treats the heart muscle before and after a valve procedure",
  },
  {
    speciality: "Cardiac anaesthesia",
    treatments: [],
    work: "looks after patients during and after the procedure",
  },
] as const;

const FAMILY_FIRST = new Set(["CN", "KR"]);

/** Two to five doctors of a centre, named like people there and invented; no name is given twice in a country. */
export function demoDoctors(
  clinicId: string,
  demo: DemoClinic,
  country: DemoCountry,
  treatments: readonly string[],
  chance: Chance,
  today: Day,
  taken: Set<string>,
) {
  const year = Number(today.slice(0, 4)) - 1;
  const start = chance.whole(0, 7);
  return SPECIALITIES.slice(0, 2 + demo.size - (chance.next() < 0.3 ? 1 : 0)).map((field, index) => {
    const given = country.given[(start + index) % country.given.length] ?? "";
    const name = freeName(given, start * 3 + index * 5, demo.country, country, taken);
    const own = field.treatments.filter(
      (treatment) => treatments.includes(treatment) && treatment !== "medical-therapy",
    );
    const years = chance.whole(9, 31);
    return {
      id: chance.id(new Date(`${today}T00:00:00Z`)),
      slug: [...searchWords(name), ...demo.slug.split("-").slice(0, 2)].join("-"),
      clinicId,
      name,
      title: `${index === 0 && demo.size === 3 ? "Prof. " : ""}Dr.${demo.country === "DE" ? " med." : ""}`,
      speciality: field.speciality,
      languages: [
        ...new Set([
          country.local,
          "en",
          ...(chance.next() < 0.35 ? [chance.pick(["ru", "ar", "zh", "de"])] : []),
        ]),
      ],
      biography: `${name} has worked in this field for ${years} years and ${field.work}. The person and the numbers are invented for the demo.`,
      volumes: own.map((treatment) => ({ treatment, volume: chance.whole(18, 40 * demo.size), year })),
    };
  });
}

/** The given name with the first family name, from a place in the list on, that nobody there bears yet. */
function freeName(
  given: string,
  from: number,
  code: string,
  country: DemoCountry,
  taken: Set<string>,
): string {
  const names = country.family.map((_, shift) => {
    const family = country.family[(from + shift) % country.family.length] ?? "";
    return FAMILY_FIRST.has(code) ? `${family} ${given}` : `${given} ${family}`;
  });
  const name = names.find((one) => !taken.has(`${code} ${one}`));
  if (name === undefined)
    throw new Error(`The demo has no name left for a doctor called ${given} in ${code}.`);
  taken.add(`${code} ${name}`);
  return name;
}
