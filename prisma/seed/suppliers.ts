import { dateOf, type Day } from "@/lib/kernel/day";
import { openDb } from "@/lib/infra/db";
import { Chance } from "./chance";
import type { PlacedClinic } from "./clinics";
import type { DemoCountry } from "./data/places";

interface Place {
  country: string;
  city: string;
  facts: DemoCountry;
  big: boolean;
}

/** In each city with a centre: interpreters for the five languages, drivers with their cars; and one pharmacy for all. */
export async function fillSuppliers(clinics: readonly PlacedClinic[], now: Date, today: Day): Promise<void> {
  const places = new Map<string, Place>();
  for (const { demo, country } of clinics) {
    places.set(demo.city, { country: demo.country, city: demo.city, facts: country, big: demo.size === 3 });
  }
  const made = [...places.values()].map((place) => placeSuppliers(place, now, today));
  await openDb().supplier.createMany({
    data: [...made.flatMap((one) => one.suppliers), pharmacy(now, today)],
  });
  await openDb().resource.createMany({ data: made.flatMap((one) => one.resources) });
}

function pharmacy(now: Date, today: Day) {
  return {
    id: new Chance("pharmacy").id(now),
    kind: "pharmacy",
    name: "Lindenhof-Apotheke (invented)",
    country: "DE",
    city: "Cologne",
    termsAcceptedOn: dateOf(today),
  };
}

function placeSuppliers(place: Place, now: Date, today: Day) {
  const chance = new Chance(`${place.city} suppliers`);
  const terms = { country: place.country, city: place.city, termsAcceptedOn: dateOf(today) };
  const voices = {
    id: chance.id(now),
    kind: "interpreter",
    name: `${place.city} Medical Interpreters (invented)`,
    ...terms,
  };
  const cars = {
    id: chance.id(now),
    kind: "driver",
    name: `${place.city} Patient Transfers (invented)`,
    ...terms,
  };
  return {
    suppliers: [voices, cars],
    resources: [
      ...interpreters(place, voices.id, chance, now),
      ...drivers(place, cars.id, chance, now),
      ...ambulances(place, cars.id, chance, now),
    ],
  };
}

const SMALL_TEAM = [["ar"], ["ru"], ["zh", "de"]];
const BIG_TEAM = [["ar"], ["ru"], ["zh"], ["de", "ru"], ["ar", "de"], ["zh", "ru"]];

function interpreters({ country, city, facts, big }: Place, supplierId: string, chance: Chance, now: Date) {
  return (big ? BIG_TEAM : SMALL_TEAM).map((spoken, index) => ({
    ...person(facts, chance, now, index),
    supplierId,
    kind: "interpreter",
    city,
    country,
    timeZone: facts.timeZone,
    languages: [...new Set([facts.local, "en", ...spoken])],
    gender: index % 2 === 0 ? "female" : "male",
    medicalTraining: true,
    certificate: `Medical interpreting, ${chance.whole(120, 400)} hours; invented for the demo`,
  }));
}

function drivers({ country, city, facts, big }: Place, supplierId: string, chance: Chance, now: Date) {
  return Array.from({ length: big ? 4 : 2 }, (_, index) => ({
    ...person(facts, chance, now, index + 3),
    supplierId,
    kind: "driver",
    city,
    country,
    timeZone: facts.timeZone,
    languages: [facts.local, "en"],
    gender: index % 2 === 0 ? "male" : "female",
    vehicle: index % 2 === 0 ? "Van with ramp" : "Estate car",
    plate: `${country} ${chance.whole(100, 999)} ${String.fromCharCode(65 + chance.whole(0, 25))}${chance.whole(10, 99)}`,
    seats: index % 2 === 0 ? 6 : 3,
    wheelchair: index % 2 === 0,
  }));
}

/** A car with a stretcher, oxygen and somebody beside the patient; large places have one. */
function ambulances({ country, city, facts, big }: Place, supplierId: string, chance: Chance, now: Date) {
  if (!big) return [];
  const who = { ...person(facts, chance, now, 7), supplierId, kind: "ambulance", city, country };
  const car = {
    vehicle: "Patient transport with stretcher and oxygen",
    plate: `${country} 112 PT`,
    seats: 2,
  };
  const spoken = { languages: [facts.local, "en"], gender: "male", medicalTraining: true };
  return [{ ...who, ...spoken, ...car, timeZone: facts.timeZone, wheelchair: true }];
}

function person(facts: DemoCountry, chance: Chance, now: Date, index: number) {
  const given = facts.given[index % facts.given.length] ?? "";
  return {
    id: chance.id(now),
    name: `${given} ${chance.pick(facts.family)}`,
    phone: `+00 555 ${chance.whole(100_000, 999_999)}`,
  };
}
