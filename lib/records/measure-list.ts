import type { Measure, MeasureKind } from "./measure";

type Row = readonly [
  field: string,
  system: "loinc" | "dcm" | "own",
  code: string,
  unit: string,
  low: number,
  high: number,
];

const SYSTEMS = {
  loinc: "http://loinc.org",
  dcm: "http://dicom.nema.org/resources/ontology/DCM",
  own: "urn:valvia:measure",
} as const;

/** A table's row as a measure. Where no dictionary has a code, the field is its own code in a system of our own. */
function measureOf(kind: MeasureKind, [field, system, code, unit, low, high]: Row): Measure {
  return { field, kind, coding: { system: SYSTEMS[system], code }, unit, range: { low, high } };
}

/**
 * Numbers of a heart ultrasound. Codes as the dictionary of DICOM PS3.16 (template 5200, context group 12300) gives
 * them. The range is our own guard against slips of unit and finger, no guideline: a number outside is asked again.
 */
const ECHO: readonly Row[] = [
  ["lvef_biplane", "loinc", "79991-6", "%", 5, 85],
  ["lvef_us", "loinc", "18043-0", "%", 5, 85],
  ["lvef_3d", "loinc", "79990-8", "%", 5, 85],
  ["lvidd_2d", "loinc", "80007-8", "mm", 25, 100],
  ["lvesd_2d", "loinc", "80011-0", "mm", 15, 90],
  ["lvesd_index", "loinc", "80013-6", "mm/m2", 8, 50],
  ["lvedv_biplane", "loinc", "79996-5", "mL", 30, 500],
  ["lvedv_index", "loinc", "79997-3", "mL/m2", 20, 250],
  ["lvesv_biplane", "loinc", "80001-1", "mL", 10, 400],
  ["lvesv_index", "loinc", "80002-9", "mL/m2", 5, 200],
  ["la_volume_index_biplane", "loinc", "79984-1", "mL/m2", 10, 200],
  ["la_diameter_ap", "loinc", "79975-9", "mm", 15, 90],
  ["lvot_diameter", "loinc", "80028-4", "mm", 14, 32],
  ["lvot_vti", "loinc", "80030-0", "cm", 5, 40],
  ["mr_eroa_pisa", "loinc", "80071-4", "mm2", 1, 150],
  ["mr_rvol_pisa", "loinc", "80064-9", "mL", 1, 200],
  ["mr_rvol_continuity", "loinc", "80063-1", "mL", 1, 200],
  ["mr_rf_pisa", "loinc", "80056-5", "%", 1, 90],
  ["mr_rf_continuity", "loinc", "80055-7", "%", 1, 90],
  ["mr_vc_width", "loinc", "80061-5", "mm", 1, 20],
  ["mr_pisa_radius", "loinc", "80059-9", "mm", 1, 25],
  ["mr_vmax", "loinc", "80062-3", "m/s", 2, 7],
  ["mv_mean_gradient", "loinc", "80073-0", "mm[Hg]", 0, 30],
  ["mva_planimetry", "loinc", "80068-0", "cm2", 0.4, 9],
  ["mva_pht", "loinc", "80069-8", "cm2", 0.4, 9],
  ["mv_e_vmax", "loinc", "80070-6", "m/s", 0.2, 3],
  ["av_vmax", "loinc", "79964-3", "m/s", 0.5, 7],
  ["av_mean_gradient", "loinc", "79962-7", "mm[Hg]", 1, 120],
  ["av_peak_gradient", "loinc", "79963-5", "mm[Hg]", 1, 200],
  ["av_vti", "loinc", "79965-0", "cm", 10, 180],
  ["ava_vti", "loinc", "79958-5", "cm2", 0.2, 6],
  ["ava_vti_index", "loinc", "79959-3", "cm2/m2", 0.1, 4],
  ["ar_vc_width", "loinc", "79948-6", "mm", 1, 20],
  ["ar_pht", "loinc", "79947-8", "ms", 50, 1200],
  ["ar_eroa", "loinc", "79960-1", "mm2", 1, 150],
  ["ar_rvol_pisa", "loinc", "79951-0", "mL", 1, 250],
  ["ar_rvol_continuity", "loinc", "79950-2", "mL", 1, 250],
  ["ar_rf", "loinc", "79942-9", "%", 1, 90],
  ["ar_jet_lvot_ratio", "loinc", "79944-5", "%", 1, 100],
  ["tr_vc_width", "loinc", "79933-8", "mm", 1, 50],
  ["tr_pisa_radius", "loinc", "79932-0", "mm", 1, 30],
  ["tr_vmax", "loinc", "79921-3", "m/s", 1, 6],
  ["tr_peak_gradient", "loinc", "79937-9", "mm[Hg]", 1, 150],
  ["tr_eroa", "dcm", "125326", "mm2", 1, 250],
  ["tv_annulus", "loinc", "80091-2", "mm", 15, 80],
  ["tapse", "loinc", "77903-3", "mm", 3, 40],
  ["rv_s_prime", "loinc", "79926-2", "cm/s", 2, 30],
  ["rv_fac", "loinc", "79936-1", "%", 5, 70],
  ["rv_basal_4c", "loinc", "80080-5", "mm", 15, 90],
  ["ivc_diameter", "loinc", "79967-6", "mm", 5, 45],
  ["ra_pressure", "loinc", "18070-3", "mm[Hg]", 0, 30],
  ["aortic_annulus_diameter", "loinc", "79940-3", "mm", 14, 40],
  ["aortic_root_diameter", "loinc", "79953-6", "mm", 18, 80],
  ["ascending_aorta", "loinc", "79966-8", "mm", 18, 90],
  ["heart_rate", "loinc", "8867-4", "/min", 25, 220],
  ["bsa", "loinc", "8277-6", "m2", 0.8, 3.2],
  ["svi", "own", "svi", "mL/m2", 8, 90],
  ["spap", "own", "spap", "mm[Hg]", 8, 150],
  ["mr_vc_biplane", "own", "mr_vc_biplane", "mm", 1, 25],
  ["mr_vti_ratio", "own", "mr_vti_ratio", "1", 0.2, 4],
  ["mr_jet_la_ratio", "own", "mr_jet_la_ratio", "%", 1, 100],
  ["av_velocity_ratio", "own", "av_velocity_ratio", "1", 0.05, 1.5],
  ["tr_rvol_pisa", "own", "tr_rvol_pisa", "mL", 1, 250],
  ["tr_rf", "own", "tr_rf", "%", 1, 90],
  ["tr_vca_3d", "own", "tr_vca_3d", "mm2", 1, 400],
  ["tv_coaptation_gap", "own", "tv_coaptation_gap", "mm", 0, 30],
];

export const ECHO_MEASURES: readonly Measure[] = ECHO.map((row) => measureOf("echo", row));

/** Numbers of a CT before a valve by catheter. */
const CT: readonly Row[] = [
  ["ct_annulus_area", "own", "ct_annulus_area", "mm2", 150, 1_200],
  ["ct_annulus_perimeter", "own", "ct_annulus_perimeter", "mm", 45, 130],
  ["ct_annulus_mean_diameter", "own", "ct_annulus_mean_diameter", "mm", 14, 40],
  ["ct_left_ostium_height", "own", "ct_left_ostium_height", "mm", 2, 35],
  ["ct_right_ostium_height", "own", "ct_right_ostium_height", "mm", 2, 35],
  ["ct_iliofemoral_least", "own", "ct_iliofemoral_least", "mm", 2, 15],
  ["ct_calcium_score", "own", "ct_calcium_score", "{AU}", 0, 15_000],
];

/** What a 12-lead ECG tells in numbers. */
const ECG: readonly Row[] = [
  ["ecg_pr_interval", "loinc", "8625-6", "ms", 80, 500],
  ["ecg_qrs_duration", "loinc", "8633-0", "ms", 50, 260],
];

/** Laboratory and body. */
const LABORATORY: readonly Row[] = [
  ["nt_pro_bnp", "loinc", "33762-6", "pg/mL", 5, 70_000],
  ["bnp", "loinc", "42637-9", "pg/mL", 2, 10_000],
  ["creatinine", "loinc", "2160-0", "mg/dL", 0.2, 20],
  ["egfr", "loinc", "62238-1", "mL/min/{1.73_m2}", 3, 200],
  ["inr", "loinc", "6301-6", "1", 0.7, 12],
  ["haemoglobin", "loinc", "718-7", "g/dL", 3, 24],
];

const BODY: readonly Row[] = [
  ["height", "loinc", "8302-2", "cm", 100, 220],
  ["weight", "loinc", "29463-7", "kg", 25, 250],
];

export const OTHER_MEASURES: readonly Measure[] = [
  ...CT.map((row) => measureOf("ct", row)),
  ...ECG.map((row) => measureOf("ecg", row)),
  ...LABORATORY.map((row) => measureOf("laboratory", row)),
  ...BODY.map((row) => measureOf("body", row)),
];
