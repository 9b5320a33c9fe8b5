import type { Scale } from "./band";
import { band, rising } from "./band";

const ESC = ["ESC25", "ESC21"] as const;
const ALL = ["ESC25", "ESC21", "ACC20"] as const;

const VMAX = {
  lesion: "as",
  measure: "av_vmax",
  family: "velocity",
  unit: "m/s",
  weight: "decides",
} as const;
const GRADIENT = {
  lesion: "as",
  measure: "av_mean_gradient",
  family: "gradient",
  unit: "mm[Hg]",
  weight: "decides",
} as const;

/** Cut-offs of a narrowed aortic valve. An area falls with severity. */
export const STENOSIS_SCALES: readonly Scale[] = [
  {
    ...VMAX,
    guidelines: ESC,
    bands: [
      band("sclerosis", "<=", 2.5),
      band("mild", ">", 2.5, { operator: "<", at: 3 }),
      band("moderate", ">=", 3, { operator: "<", at: 4 }),
      band("severe", ">=", 4, { operator: "<=", at: 5 }),
      band("very_severe", ">", 5),
    ],
    source: "2025 ESC/EACTS; below 3 m/s EACVI and ASE 2017",
    provenance: "primary",
  },
  {
    ...VMAX,
    guidelines: ["ACC20"],
    bands: [
      band("sclerosis", "<", 2),
      band("mild", ">=", 2, { operator: "<", at: 3 }),
      band("moderate", ">=", 3, { operator: "<", at: 4 }),
      band("severe", ">=", 4, { operator: "<", at: 5 }),
      band("very_severe", ">=", 5),
    ],
    source: "2020 ACC/AHA, read in papers that quote it",
    provenance: "secondary",
  },
  {
    ...GRADIENT,
    guidelines: ALL,
    bands: rising("mild", ["moderate", 20], ["severe", 40], ["very_severe", 60]),
    source: "2025 ESC/EACTS; 2020 ACC/AHA",
    provenance: "primary",
  },
  {
    lesion: "as",
    measure: "ava_vti",
    family: "area",
    unit: "cm2",
    weight: "decides",
    guidelines: ALL,
    bands: [
      band("mild", ">", 1.5),
      band("moderate", ">", 1, { operator: "<=", at: 1.5 }),
      band("severe", "<=", 1),
    ],
    source: "2025 ESC/EACTS; 2020 ACC/AHA says typically",
    provenance: "primary",
  },
  {
    lesion: "as",
    measure: "ava_vti_index",
    family: "area",
    unit: "cm2/m2",
    weight: "decides",
    guidelines: ALL,
    bands: [
      band("mild", ">", 0.85),
      band("moderate", ">", 0.6, { operator: "<=", at: 0.85 }),
      band("severe", "<=", 0.6),
    ],
    source: "Severe: 2025 ESC/EACTS; the others are taught widely",
    provenance: "general",
  },
  {
    lesion: "as",
    measure: "av_velocity_ratio",
    family: "velocity_ratio",
    unit: "1",
    weight: "supports",
    guidelines: ALL,
    bands: [
      band("mild", ">", 0.5),
      band("moderate", ">=", 0.25, { operator: "<=", at: 0.5 }),
      band("severe", "<", 0.25),
    ],
    source: "Severe: 2025 ESC/EACTS; the others are taught widely",
    provenance: "general",
  },
];

const QUOTED = "2021 ESC/EACTS, table 5; EACVI 2013";
const AR = { lesion: "ar", weight: "decides", guidelines: ESC } as const;

/** Cut-offs of a leaking aortic valve. A pressure half-time falls with severity. */
export const REGURGITATION_SCALES: readonly Scale[] = [
  {
    ...AR,
    measure: "ar_vc_width",
    family: "vena_contracta",
    unit: "mm",
    bands: [
      band("mild", "<", 3),
      band("moderate", ">=", 3, { operator: "<=", at: 6 }),
      band("severe", ">", 6),
    ],
    source: QUOTED,
    provenance: "primary",
  },
  {
    ...AR,
    measure: "ar_pht",
    family: "half_time",
    unit: "ms",
    bands: [
      band("mild", ">", 500),
      band("moderate", ">=", 200, { operator: "<=", at: 500 }),
      band("severe", "<", 200),
    ],
    source: QUOTED,
    provenance: "primary",
  },
  {
    ...AR,
    measure: "ar_eroa",
    family: "eroa",
    unit: "mm2",
    bands: rising("mild", ["moderate", 10], ["moderate_upper", 20], ["severe", 30]),
    source: QUOTED,
    provenance: "primary",
  },
  ...["ar_rvol_pisa", "ar_rvol_continuity"].map((measure): Scale => ({
    ...AR,
    measure,
    family: "regurgitant_volume",
    unit: "mL",
    bands: rising("mild", ["moderate", 30], ["moderate_upper", 45], ["severe", 60]),
    source: QUOTED,
    provenance: "primary",
  })),
  {
    ...AR,
    measure: "ar_rf",
    family: "regurgitant_fraction",
    unit: "%",
    bands: rising("mild", ["moderate", 30], ["moderate_upper", 40], ["severe", 50]),
    source: "ASE 2017, read in papers that quote it",
    provenance: "secondary",
  },
  {
    ...AR,
    measure: "ar_jet_lvot_ratio",
    family: "jet_width",
    unit: "%",
    bands: rising("mild", ["moderate", 25], ["moderate_upper", 46], ["severe", 65]),
    source: "ASE 2017, read in papers that quote it",
    provenance: "secondary",
  },
];
