import type { Chance } from "./chance";

/** Rates around published ones, from which the demo's counts are drawn: [metric, lowest, highest], per cent. */
const RATES: Readonly<Record<string, readonly (readonly [metric: string, low: number, high: number])[]>> = {
  teer: [
    ["death_30_days", 0.9, 2.6],
    ["leak_moderate_30_days", 4, 11],
    ["stroke_30_days", 0.3, 1.2],
  ],
  "tricuspid-teer": [
    ["death_30_days", 0.5, 2.2],
    ["leak_moderate_30_days", 11, 19],
  ],
  "tavi-transfemoral": [
    ["death_30_days", 1, 2.7],
    ["stroke_30_days", 1.2, 3],
    ["pacemaker_30_days", 7, 17],
  ],
  "tavi-transapical": [
    ["death_30_days", 2, 5],
    ["pacemaker_30_days", 5, 13],
    ["leak_moderate_30_days", 2, 7],
  ],
  "surgical-repair": [
    ["death_in_hospital", 0.6, 1.9],
    ["leak_moderate_1_year", 3, 8],
  ],
  "surgical-replacement": [
    ["death_in_hospital", 1.4, 3.1],
    ["stroke_30_days", 0.9, 2],
    ["pacemaker_30_days", 2.8, 5.4],
  ],
};

/** Results of one treatment in one year: whole patients counted, so that value and n agree. */
export function demoOutcomes(treatment: string, n: number, year: number, chance: Chance) {
  return (RATES[treatment] ?? []).map(([metric, low, high]) => {
    const events = Math.round((n * chance.between(low, high)) / 100);
    return { treatment, metric, value: ((events * 100) / n).toFixed(2), unit: "percent", n, year };
  });
}

const VOLUMES: Readonly<Record<string, readonly [number, number]>> = {
  teer: [28, 62],
  "tricuspid-teer": [9, 21],
  "tavi-transfemoral": [55, 125],
  "tavi-transapical": [8, 26],
  "surgical-repair": [32, 70],
  "surgical-replacement": [50, 110],
};

/** Procedures in a year by the size of the house; null where nobody counts procedures. */
export function demoVolume(treatment: string, size: 1 | 2 | 3, chance: Chance): number | null {
  const range = VOLUMES[treatment];
  const factor = { 1: 0.6, 2: 1, 3: 1.9 }[size];
  return range ? Math.round(chance.whole(...range) * factor) : null;
}
