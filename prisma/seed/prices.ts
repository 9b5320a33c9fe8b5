import { exponentOf } from "@/lib/kernel/money";
import type { Chance } from "./chance";
import type { DemoCountry } from "./data/places";

const RANGE_OF: Readonly<
  Record<string, { of: "tavi" | "teer" | "surgery" | "medicine" | "rehabilitation"; percent: number }>
> = {
  teer: { of: "teer", percent: 100 },
  "tricuspid-teer": { of: "teer", percent: 102 },
  "tavi-transfemoral": { of: "tavi", percent: 100 },
  "tavi-transapical": { of: "tavi", percent: 104 },
  "surgical-repair": { of: "surgery", percent: 97 },
  "surgical-replacement": { of: "surgery", percent: 100 },
  "medical-therapy": { of: "medicine", percent: 100 },
  rehabilitation: { of: "rehabilitation", percent: 100 },
};

/** Three numbers inside the country's published range, in minor units. */
export function demoPrice(treatment: string, country: DemoCountry, chance: Chance) {
  const kind = RANGE_OF[treatment];
  if (!kind) throw new Error(`No demo price is known for ${treatment}.`);
  const [from, to] = country[kind.of].map((amount) => (amount * kind.percent) / 100) as [number, number];
  const expected = chance.between(from + (to - from) * 0.2, to - (to - from) * 0.3);
  const low = Math.max(from, expected * chance.between(0.86, 0.95));
  const high = Math.min(to * 1.02, expected * chance.between(1.12, 1.26));
  const minor = (amount: number) =>
    BigInt(Math.round(amount / country.roundTo) * country.roundTo) *
    10n ** BigInt(exponentOf(country.currency));
  return {
    currency: country.currency,
    lowMinor: minor(low),
    expectedMinor: minor(expected),
    highMinor: minor(high),
  };
}

const CATHETER = [
  "Examination and imaging on arrival",
  "The procedure with anaesthesia",
  "The device named here",
  "Intensive care and ward days as listed",
  "Standard medicines during the stay",
  "Discharge letter in English",
  "One check-up before the flight",
];

export const PRICE_TEXTS: Readonly<
  Record<string, { included: string[]; excluded: string[]; stay: [number, number] }>
> = {
  teer: {
    included: CATHETER,
    excluded: ["A third clip", "Extra days of intensive care", "Medicines to take home"],
    stay: [2, 4],
  },
  "tricuspid-teer": {
    included: CATHETER,
    excluded: ["A third clip", "Extra days of intensive care", "Medicines to take home"],
    stay: [2, 4],
  },
  "tavi-transfemoral": {
    included: CATHETER,
    excluded: ["A pacemaker, if needed", "A second valve", "Coronary stents", "Medicines to take home"],
    stay: [3, 6],
  },
  "tavi-transapical": {
    included: CATHETER,
    excluded: ["A pacemaker, if needed", "A second valve", "Blood products", "Medicines to take home"],
    stay: [5, 8],
  },
  "surgical-repair": {
    included: [
      "Examination and imaging on arrival",
      "The operation with anaesthesia and heart-lung machine",
      "Ring and stitches",
      "Intensive care and ward days as listed",
      "Discharge letter in English",
      "One check-up before the flight",
    ],
    excluded: [
      "Replacement, if repair does not hold",
      "Bypass grafts",
      "Blood products",
      "Dialysis",
      "Medicines to take home",
    ],
    stay: [7, 10],
  },
  "surgical-replacement": {
    included: [
      "Examination and imaging on arrival",
      "The operation with anaesthesia and heart-lung machine",
      "A biological or mechanical valve",
      "Intensive care and ward days as listed",
      "Discharge letter in English",
      "One check-up before the flight",
    ],
    excluded: [
      "A pacemaker, if needed",
      "Bypass grafts",
      "Blood products",
      "Dialysis",
      "Medicines to take home",
    ],
    stay: [7, 10],
  },
  "medical-therapy": {
    included: ["Reading of your records by two specialists", "A written plan", "A video talk"],
    excluded: ["Medicines", "Tests at home"],
    stay: [0, 0],
  },
  rehabilitation: {
    included: [
      "Room and meals for three weeks",
      "Training with a monitor",
      "Medical visits",
      "A plan for home",
    ],
    excluded: ["Companion's room", "Single treatments on wish"],
    stay: [20, 21],
  },
};
