import { MEASURES, type Measured, measured, measureNamed } from "./measure";

/** A number as a structured report tells it: what was measured by its code, and what the report says around it. */
export interface CodedNumber {
  /** "loinc", "dcm", "sct", or the name of a system we know no more of. */
  scheme: string;
  code: string;
  value: number;
  /** UCUM as the report writes it; empty when it says none. */
  unit: string;
  /** SNOMED CT code of the part of the heart. */
  site: string | null;
  flow: "antegrade" | "regurgitant" | null;
  /** Code (DCM) of how it was measured, and its words. */
  method: string | null;
  methodWords: string | null;
  /** Whether the report itself says that this is the value to use of several. */
  isChosen: boolean;
  /** YYYY-MM-DD, null when the report does not say. */
  measuredOn: string | null;
}

/** A number taken out of a file, in a measure of ours. */
export interface NumberRead extends Measured {
  method: string | null;
  measuredOn: string;
}

const MITRAL = "91134007";
const AORTIC = "34202007";
const TRICUSPID = "46030003";
const OUTFLOW = "13418002";
const PISA = "125216";
const BIPLANE = "125207";
const CONTINUITY = ["125212", "125213", "125214", "125215"];

/** Codes that mean one of our measures wherever they stand. Older codes of template 5200 beside those of group 12300. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ...MEASURES.filter(({ field }) => field !== "tr_eroa").map(
    ({ coding, field }) => [`${schemeOf(coding.system)} ${coding.code}`, field] as const,
  ),
  ["loinc 29436-3", "lvidd_2d"],
  ["loinc 29438-9", "lvesd_2d"],
  ["loinc 29469-4", "la_diameter_ap"],
  ["loinc 18015-8", "aortic_root_diameter"],
  ["loinc 18012-5", "ascending_aorta"],
  ["loinc 18006-7", "ivc_diameter"],
  ["loinc 18037-2", "mv_e_vmax"],
  ["loinc 14682-9", "creatinine"],
]);

interface Placed {
  code: string;
  site: string | null;
  flow: CodedNumber["flow"];
  /** Any of these; null when the method does not matter. */
  methods: readonly string[] | null;
  field: string;
}

const placed = (
  code: string,
  site: string | null,
  flow: Placed["flow"],
  methods: Placed["methods"],
  field: string,
): Placed => ({ code, site, flow, methods, field });

const PEAK_VELOCITY = "loinc 11726-7";
const PEAK_GRADIENT = "loinc 20247-3";
const MEAN_GRADIENT = "loinc 20256-4";
const VELOCITY_TIME = "loinc 20354-7";
const HALF_TIME = "loinc 20280-4";
const FLOW_RADIUS = "loinc 59102-4";
const VOLUME_FLOW = "loinc 33878-0";
const ORIFICE_AREA = "sct 399367004";
const ORIFICE_DIAMETER = "sct 399027007";
const FRACTION = "sct 399301000";
const EFFECTIVE_AREA = "dcm 125326";

/** Codes of template 5200 (DICOM PS3.16) that only mean something at a place, in a direction of flow, by a method. */
const PLACED: readonly Placed[] = [
  placed(MEAN_GRADIENT, MITRAL, null, null, "mv_mean_gradient"),
  placed("loinc 59080-2", MITRAL, null, null, "mv_e_vmax"),
  placed(ORIFICE_AREA, MITRAL, null, ["125220"], "mva_planimetry"),
  placed(ORIFICE_AREA, MITRAL, null, ["125210"], "mva_pht"),
  placed(ORIFICE_AREA, MITRAL, "regurgitant", [PISA], "mr_eroa_pisa"),
  placed(EFFECTIVE_AREA, MITRAL, "regurgitant", [PISA], "mr_eroa_pisa"),
  placed(VOLUME_FLOW, MITRAL, "regurgitant", [PISA], "mr_rvol_pisa"),
  placed(VOLUME_FLOW, MITRAL, "regurgitant", CONTINUITY, "mr_rvol_continuity"),
  placed(FRACTION, MITRAL, null, [PISA], "mr_rf_pisa"),
  placed(FRACTION, MITRAL, null, CONTINUITY, "mr_rf_continuity"),
  placed(PEAK_VELOCITY, MITRAL, "regurgitant", null, "mr_vmax"),
  placed(FLOW_RADIUS, MITRAL, "regurgitant", null, "mr_pisa_radius"),
  placed(PEAK_VELOCITY, AORTIC, "antegrade", null, "av_vmax"),
  placed(PEAK_GRADIENT, AORTIC, "antegrade", null, "av_peak_gradient"),
  placed(MEAN_GRADIENT, AORTIC, "antegrade", null, "av_mean_gradient"),
  placed(VELOCITY_TIME, AORTIC, "antegrade", null, "av_vti"),
  placed(ORIFICE_AREA, AORTIC, "antegrade", ["125215"], "ava_vti"),
  placed(HALF_TIME, AORTIC, "regurgitant", null, "ar_pht"),
  placed(ORIFICE_AREA, AORTIC, "regurgitant", [PISA], "ar_eroa"),
  placed(EFFECTIVE_AREA, AORTIC, "regurgitant", [PISA], "ar_eroa"),
  placed(VOLUME_FLOW, AORTIC, "regurgitant", [PISA], "ar_rvol_pisa"),
  placed(VOLUME_FLOW, AORTIC, "regurgitant", CONTINUITY, "ar_rvol_continuity"),
  placed(FRACTION, AORTIC, null, null, "ar_rf"),
  placed(PEAK_VELOCITY, TRICUSPID, "regurgitant", null, "tr_vmax"),
  placed(PEAK_GRADIENT, TRICUSPID, "regurgitant", null, "tr_peak_gradient"),
  placed(FLOW_RADIUS, TRICUSPID, "regurgitant", null, "tr_pisa_radius"),
  placed(ORIFICE_AREA, TRICUSPID, "regurgitant", [PISA], "tr_eroa"),
  placed(EFFECTIVE_AREA, TRICUSPID, null, null, "tr_eroa"),
  placed(VOLUME_FLOW, TRICUSPID, "regurgitant", [PISA], "tr_rvol_pisa"),
  placed(FRACTION, TRICUSPID, null, null, "tr_rf"),
  placed(ORIFICE_DIAMETER, OUTFLOW, null, null, "lvot_diameter"),
  placed(VELOCITY_TIME, OUTFLOW, null, null, "lvot_vti"),
  placed("loinc 18043-0", null, null, [BIPLANE], "lvef_biplane"),
  placed("loinc 18026-5", null, null, [BIPLANE], "lvedv_biplane"),
  placed("loinc 18148-7", null, null, [BIPLANE], "lvesv_biplane"),
];

/** Names of systems in FHIR and designators in DICOM, told as one. */
export function schemeOf(system: string): string {
  const known: Readonly<Record<string, string>> = {
    "http://loinc.org": "loinc",
    LN: "loinc",
    "http://dicom.nema.org/resources/ontology/DCM": "dcm",
    DCM: "dcm",
    "http://snomed.info/sct": "sct",
    SCT: "sct",
  };
  return known[system] ?? system;
}

/** The measure a coded number is of; null for one we keep none of, or that is not placed well enough to be sure. */
export function fieldOf(number: CodedNumber): string | null {
  const code = `${number.scheme} ${number.code}`;
  const rule = PLACED.find(
    (one) =>
      one.code === code &&
      (one.site === null || one.site === number.site) &&
      (one.flow === null || one.flow === number.flow) &&
      (one.methods === null || (number.method !== null && one.methods.includes(number.method))),
  );
  return rule?.field ?? PLAIN.get(code) ?? null;
}

export const NUMBERS_MAX = 300;

/**
 * The numbers of a report in our measures, and how many it holds that cannot be right or have no day. Where a report
 * says which of several beats holds, only that one is taken.
 */
export function numbersOf(coded: readonly CodedNumber[]): { numbers: NumberRead[]; doubtful: number } {
  const known = coded.flatMap((number) => {
    const field = fieldOf(number);
    return field === null ? [] : [{ field, number }];
  });
  const chosen = new Set(known.filter(({ number }) => number.isChosen).map(({ field }) => field));
  const taken = known.filter(({ field, number }) => number.isChosen || !chosen.has(field));
  const numbers = taken.flatMap(({ field, number }) => numberRead(field, number) ?? []);
  return { numbers: numbers.slice(0, NUMBERS_MAX), doubtful: taken.length - numbers.length };
}

function numberRead(field: string, number: CodedNumber): NumberRead | null {
  const { measuredOn, methodWords } = number;
  const told = inKnownUnit(field, number);
  const read = measured(field, told.value, told.unit);
  if (!read.ok || measuredOn === null) return null;
  return { ...read.value, method: methodWords, measuredOn };
}

/** How machines write a unit, in UCUM as we do. */
const SAME_UNIT: Readonly<Record<string, string>> = {
  ml: "mL",
  mmHg: "mm[Hg]",
  "mm Hg": "mm[Hg]",
  bpm: "/min",
  BPM: "/min",
  "{H.B.}/min": "/min",
  "{beats}/min": "/min",
  "{Beats}/min": "/min",
  "1/min": "/min",
  "cm^2": "cm2",
  "mm^2": "mm2",
  "cm²": "cm2",
  "mm²": "mm2",
  "ml/m2": "mL/m2",
  "{ratio}": "1",
  "{INR}": "1",
  "no units": "1",
  "": "1",
  "pg/ml": "pg/mL",
  "mg/dl": "mg/dL",
  "g/dl": "g/dL",
  "mL/min/1.73m2": "mL/min/{1.73_m2}",
  "mL/min/{1.73m2}": "mL/min/{1.73_m2}",
};

/** A share told as 0.55 where per cent are kept is 55 %. */
function inKnownUnit(field: string, { value, unit }: CodedNumber): { value: number; unit: string } {
  const known = SAME_UNIT[unit] ?? unit;
  const isShare = known === "1" && measureNamed(field)?.unit === "%";
  return isShare ? { value: Number((value * 100).toPrecision(10)), unit: "%" } : { value, unit: known };
}
