import { isDay } from "@/lib/kernel/day";
import { addMeasurements } from "@/lib/records/add-measurements";
import { addMeasurementsForm } from "@/lib/records/forms";
import { measureNamed } from "@/lib/records/measure";
import { recordFor } from "@/lib/records/queries";
import type { ReportItem } from "../files/report";
import type { Illness } from "./plot";
import type { Story } from "./story";

type Valve = "mitral" | "aortic" | "tricuspid";

const VALVE: Readonly<Record<Illness, Valve>> = {
  primary_mitral: "mitral",
  secondary_mitral: "mitral",
  rheumatic_mitral: "mitral",
  aortic_stenosis: "aortic",
  low_flow_stenosis: "aortic",
  aortic_regurgitation: "aortic",
  tricuspid: "tricuspid",
};

const HEART: Readonly<Record<string, string>> = {
  "LVEF (biplane Simpson)": "lvef_biplane",
  LVEDD: "lvidd_2d",
  LVESD: "lvesd_2d",
  "Left atrial volume index": "la_volume_index_biplane",
  sPAP: "spap",
  "Stroke volume index": "svi",
  LVOT: "lvot_diameter",
  "Ascending aorta": "ascending_aorta",
  TAPSE: "tapse",
};

/** What a line of the report is called as a measure, where the valve decides. */
const BY_VALVE: Readonly<Record<Valve, Readonly<Record<string, string>>>> = {
  mitral: {
    "EROA (PISA)": "mr_eroa_pisa",
    "Regurgitant volume": "mr_rvol_pisa",
    "Vena contracta": "mr_vc_width",
    "Mitral valve area": "mva_planimetry",
    "Mitral valve area (planimetry)": "mva_planimetry",
    "Mean mitral gradient": "mv_mean_gradient",
  },
  aortic: {
    Vmax: "av_vmax",
    "Mean gradient": "av_mean_gradient",
    "AVA (continuity)": "ava_vti",
    "Vena contracta": "ar_vc_width",
    EROA: "ar_eroa",
    "Regurgitant volume": "ar_rvol_pisa",
    "Pressure half-time": "ar_pht",
  },
  tricuspid: {
    "EROA (PISA)": "tr_eroa",
    "Vena contracta (biplane)": "tr_vc_width",
    "Regurgitant volume": "tr_rvol_pisa",
    "Coaptation gap": "tv_coaptation_gap",
  },
};

const UCUM: Readonly<Record<string, string>> = {
  "%": "%",
  mm: "mm",
  "mm²": "mm2",
  "cm²": "cm2",
  mL: "mL",
  "mL/m²": "mL/m2",
  "m/s": "m/s",
  ms: "ms",
  mmHg: "mm[Hg]",
};

/** The coordinator copies the numbers of an accepted ultrasound report, as they stand in it. */
export async function writeNumbers(story: Story, recordId: string, daysAgo: number): Promise<void> {
  const { owner, caseId } = story;
  const file = await recordFor(owner, recordId);
  const examinedOn = /\d{4}-\d{2}-\d{2}/.exec(file?.filename ?? "")?.[0];
  if (examinedOn === undefined || !isDay(examinedOn))
    throw new Error("The report's name does not say its day.");
  const form = addMeasurementsForm.parse({
    measuredOn: examinedOn,
    recordId,
    values: Object.fromEntries(numbersOf(story)),
  });
  await story.step(daysAgo, (now) => addMeasurements(owner, caseId, form, now));
}

/** What the report's lines measure, by our fields. */
function numbersOf({ vitals, plot }: Story): [field: string, told: { value: string; unit: string }][] {
  return vitals.echo.flatMap(([name, printed]) => {
    const field = HEART[name] ?? BY_VALVE[VALVE[plot.illness]][name];
    const [, value, unit = ""] = /^([\d.]+) (.+)$/.exec(printed) ?? [];
    return field && value ? [[field, { value, unit: UCUM[unit] ?? unit }]] : [];
  });
}

/** The same heart a year earlier, as its machine wrote it: the codes of the dictionary, a little less of everything. */
export function reportItems(story: Story): ReportItem[] {
  return numbersOf(story).flatMap(([field, { value, unit }]) => {
    const measure = measureNamed(field);
    if (!measure?.coding.system.includes("loinc")) return [];
    const before = Number((Number(value) * 0.9).toFixed(1));
    return [{ name: [measure.coding.code, "LN", field], number: [before, unit] }];
  });
}
