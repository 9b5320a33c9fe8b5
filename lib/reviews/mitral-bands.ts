import type { Band, Lesion, Scale } from "./band";
import { band, rising } from "./band";

const ESC = ["ESC25", "ESC21"] as const;
const BOTH: readonly Lesion[] = ["mr_primary", "mr_secondary"];

const BANDS_SOURCE = "ASE 2017 and EACVI 2013; severe: 2021 ESC/EACTS, table 7";
const ACC_SOURCE = "2020 ACC/AHA, read in papers that quote it";

/** The orifice of a secondary leak is often a slit: from 30 mm² it may be severe all the same (ESC). */
const EROA_SECONDARY: readonly Band[] = [
  ...rising("mild", ["moderate", 20], ["moderate_upper", 30], ["severe", 40]).map((one) =>
    one.grade === "moderate_upper"
      ? { ...one, orElse: { grade: "severe", condition: "elliptical_orifice" } as const }
      : one,
  ),
];

const VOLUME_SECONDARY: readonly Band[] = rising(
  "mild",
  ["moderate", 30],
  ["moderate_upper", 45],
  ["severe", 60],
).map((one) =>
  one.grade === "moderate_upper"
    ? { ...one, orElse: { grade: "severe", condition: "low_flow" } as const }
    : one,
);

const EROA = { measure: "mr_eroa_pisa", family: "eroa", unit: "mm2", weight: "decides" } as const;
const VOLUMES = ["mr_rvol_pisa", "mr_rvol_continuity"].map(
  (measure) => ({ measure, family: "regurgitant_volume", unit: "mL", weight: "decides" }) as const,
);
const FRACTIONS = ["mr_rf_pisa", "mr_rf_continuity"].map(
  (measure) => ({ measure, family: "regurgitant_fraction", unit: "%", weight: "decides" }) as const,
);
const CONTRACTA = {
  measure: "mr_vc_width",
  family: "vena_contracta",
  unit: "mm",
  weight: "decides",
} as const;
const CONTRACTA_BIPLANE = { ...CONTRACTA, measure: "mr_vc_biplane" } as const;

const BY_ESC: readonly Scale[] = [
  {
    ...EROA,
    lesion: "mr_primary",
    guidelines: ESC,
    bands: rising("mild", ["moderate", 20], ["moderate_upper", 30], ["severe", 40]),
    source: `${BANDS_SOURCE}; 2025 ESC/EACTS, figure 10`,
    provenance: "primary",
  },
  {
    ...EROA,
    lesion: "mr_secondary",
    guidelines: ESC,
    bands: EROA_SECONDARY,
    source: `${BANDS_SOURCE}; 2025 ESC/EACTS, section 9.2.2 and figure 10`,
    provenance: "primary",
  },
  ...VOLUMES.map((one): Scale => ({
    ...one,
    lesion: "mr_primary",
    guidelines: ESC,
    bands: rising("mild", ["moderate", 30], ["moderate_upper", 45], ["severe", 60]),
    source: BANDS_SOURCE,
    provenance: "primary",
  })),
  ...VOLUMES.map((one): Scale => ({
    ...one,
    lesion: "mr_secondary",
    guidelines: ESC,
    bands: VOLUME_SECONDARY,
    source: `${BANDS_SOURCE}; 2025 ESC/EACTS, section 9.2.2`,
    provenance: "primary",
  })),
  ...BOTH.flatMap((lesion): Scale[] => [
    ...FRACTIONS.map((one): Scale => ({
      ...one,
      lesion,
      guidelines: ESC,
      bands: rising("mild", ["moderate", 30], ["moderate_upper", 40], ["severe", 50]),
      source: "ASE 2017, read in papers that quote it; severe: 2021 ESC/EACTS, table 7",
      provenance: "primary",
    })),
    {
      ...CONTRACTA,
      lesion,
      guidelines: ESC,
      bands: rising("mild", ["moderate", 3], ["severe", 7]),
      source: "2021 and 2025 ESC/EACTS",
      provenance: "primary",
    },
    {
      ...CONTRACTA_BIPLANE,
      lesion,
      guidelines: ESC,
      bands: rising("mild", ["moderate", 3], ["severe", 8]),
      source: "2021 and 2025 ESC/EACTS",
      provenance: "primary",
    },
    ...supporting(lesion),
  ]),
];

/** Signs that stand beside the deciding numbers and never decide alone. */
function supporting(lesion: Lesion): Scale[] {
  const rest = { lesion, weight: "supports", source: "2021 ESC/EACTS, table 7" } as const;
  return [
    {
      ...rest,
      measure: "mv_e_vmax",
      family: "inflow",
      unit: "m/s",
      guidelines: ESC,
      bands: [band("severe", ">", 1.2)],
      provenance: "primary",
    },
    {
      ...rest,
      measure: "mr_vti_ratio",
      family: "vti_ratio",
      unit: "1",
      guidelines: ESC,
      bands: [band("mild", "<", 1), band("severe", ">", 1.4)],
      provenance: "primary",
    },
    {
      ...rest,
      measure: "mr_jet_la_ratio",
      family: "colour_jet",
      unit: "%",
      guidelines: ESC,
      bands: [
        band("mild", "<", 20),
        band("moderate", ">=", 20, { operator: "<=", at: 40 }),
        band("severe", ">", 50),
      ],
      provenance: "primary",
    },
    {
      ...rest,
      measure: "mr_jet_la_ratio",
      family: "colour_jet",
      unit: "%",
      guidelines: ["ACC20"],
      bands: [
        band("mild", "<", 20),
        band("moderate", ">=", 20, { operator: "<=", at: 40 }),
        band("severe", ">", 40),
      ],
      source: ACC_SOURCE,
      provenance: "secondary",
    },
  ];
}

/** One line for both kinds of leak; a lower number in a secondary one tells of the outlook, not of the grade. */
const BY_ACC: readonly Scale[] = BOTH.flatMap((lesion): Scale[] => {
  const line = { lesion, guidelines: ["ACC20"], source: ACC_SOURCE, provenance: "secondary" } as const;
  return [
    { ...EROA, ...line, bands: rising("not_severe", ["severe", 40]) },
    ...VOLUMES.map((one) => ({ ...one, ...line, bands: rising("not_severe", ["severe", 60]) })),
    ...FRACTIONS.map((one) => ({ ...one, ...line, bands: rising("not_severe", ["severe", 50]) })),
    { ...CONTRACTA, ...line, bands: rising("not_severe", ["severe", 7]) },
  ];
});

/** Cut-offs of a leaking mitral valve. */
export const MITRAL_SCALES: readonly Scale[] = [...BY_ESC, ...BY_ACC];
