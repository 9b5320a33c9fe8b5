import type { Scale } from "./band";
import { band, rising } from "./band";

const FIVE = "Tricuspid Valve ARC 2023, table 4, proposed by 2025 ESC/EACTS";
const THREE = "2021 ESC/EACTS, table 9";

const TR = { lesion: "tr", weight: "decides", provenance: "primary" } as const;
const BY_FIVE = { ...TR, guidelines: ["ESC25"], source: FIVE } as const;
const BY_THREE = { ...TR, guidelines: ["ESC21"], source: THREE } as const;

const CONTRACTA = { measure: "tr_vc_width", family: "vena_contracta", unit: "mm" } as const;
const EROA = { measure: "tr_eroa", family: "eroa", unit: "mm2" } as const;
const VOLUME = { measure: "tr_rvol_pisa", family: "regurgitant_volume", unit: "mL" } as const;
const RADIUS = { measure: "tr_pisa_radius", family: "pisa_radius", unit: "mm", weight: "supports" } as const;

/** Cut-offs of a leaking tricuspid valve: five grades in 2025, one line in 2021. */
export const TRICUSPID_SCALES: readonly Scale[] = [
  {
    ...BY_FIVE,
    ...CONTRACTA,
    bands: rising("mild", ["moderate", 3], ["severe", 7], ["massive", 14], ["torrential", 21]),
  },
  {
    ...BY_FIVE,
    ...EROA,
    bands: rising("mild", ["moderate", 20], ["severe", 40], ["massive", 60], ["torrential", 80]),
  },
  {
    ...BY_FIVE,
    ...VOLUME,
    bands: rising("mild", ["moderate", 30], ["severe", 45], ["massive", 60], ["torrential", 75]),
  },
  {
    ...BY_FIVE,
    measure: "tr_vca_3d",
    family: "vena_contracta_area",
    unit: "mm2",
    bands: [
      band("severe", ">=", 75, { operator: "<", at: 95 }),
      band("massive", ">=", 95, { operator: "<", at: 115 }),
      band("torrential", ">=", 115),
    ],
  },
  // From 50 % on the fraction no longer tells the three upper grades apart, so it only stands beside them.
  {
    ...BY_FIVE,
    measure: "tr_rf",
    family: "regurgitant_fraction",
    unit: "%",
    weight: "supports",
    bands: [
      band("mild", "<=", 15),
      band("moderate", ">", 15, { operator: "<", at: 50 }),
      band("severe", ">=", 50),
    ],
  },
  {
    ...BY_FIVE,
    ...RADIUS,
    bands: [
      band("mild", "<", 5.5),
      band("moderate", ">=", 5.5, { operator: "<", at: 9 }),
      band("severe", ">=", 9),
    ],
  },
  { ...BY_THREE, ...CONTRACTA, bands: [band("not_severe", "<=", 7), band("severe", ">", 7)] },
  { ...BY_THREE, ...EROA, bands: rising("not_severe", ["severe", 40]) },
  { ...BY_THREE, ...VOLUME, bands: rising("not_severe", ["severe", 45]) },
  { ...BY_THREE, ...RADIUS, bands: [band("not_severe", "<=", 9), band("severe", ">", 9)] },
];
