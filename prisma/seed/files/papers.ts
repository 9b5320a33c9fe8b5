import type { Vitals } from "../cases/vitals";
import type { Plot } from "../cases/plot";
import { makePdf } from "./pdf";

export interface PaperFacts {
  plot: Plot;
  vitals: Vitals;
  /** "2026-09-01". */
  on: string;
  hospital: string;
  doctor: string;
}

const INVENTED = "Demo paper of Valvia. Person, hospital and numbers are invented.";

export function echoReport({ plot, vitals, on, hospital, doctor }: PaperFacts): Buffer {
  const rhythm = vitals.rhythm === "sinus" ? "sinus rhythm" : "atrial fibrillation";
  const head = ["TRANSTHORACIC ECHOCARDIOGRAPHY", hospital, "", ...whose(plot), `Examined on: ${on}`, ""];
  const body = [
    `Indication: shortness of breath, NYHA class ${plot.nyha}. Rhythm: ${rhythm}. Good windows.`,
    "",
    "Measurements",
    ...vitals.echo.map(([name, value]) => `   ${name}: ${value}`),
  ];
  const end = ["", "Conclusion", `   ${vitals.diagnosis}.`, `   ${vitals.grade}.`, "", `Read by ${doctor}`];
  return makePdf([[...head, ...body, ...end, "", INVENTED]], "Echocardiography report");
}

export function labReport({ plot, vitals, on, hospital }: PaperFacts): Buffer {
  const values = vitals.labs.map(([name, value, range]) => `   ${name}: ${value}   (${range})`);
  const head = ["LABORATORY REPORT", hospital, "", ...whose(plot), `Taken on: ${on}`, ""];
  return makePdf([[...head, "Value   (range)", ...values, "", INVENTED]], "Laboratory report");
}

export function medicineList({ plot, vitals, on, doctor }: PaperFacts): Buffer {
  const lines = vitals.medicines.map(([inn, strength, taking]) => `   ${inn} ${strength}: ${taking}`);
  const head = ["MEDICINES", "", ...whose(plot), `As of: ${on}`, ""];
  return makePdf(
    [[...head, ...lines, "", "Allergies: none known", `Signed: ${doctor}`, "", INVENTED]],
    "Medicines",
  );
}

export function letterOf({ plot, vitals, on, hospital, doctor }: PaperFacts): Buffer {
  const them = plot.sex === "f" ? "She" : "He";
  const text = [
    `${hospital}, ${on}`,
    "",
    `Report on ${printable(plot.name)}, born ${plot.born}`,
    "",
    `Diagnosis: ${vitals.diagnosis}.`,
    `${vitals.grade}.`,
    "",
    `${them} was seen here for shortness of breath on exertion, NYHA class ${plot.nyha}.`,
    "Medicines were adjusted and are taken as prescribed. No fever, no signs of infection, teeth without findings.",
    "Heart sounds as expected for the valve, lungs clear at the bases, no oedema at rest.",
    `${them} wishes an opinion of a specialised heart team, which we support.`,
    "",
    "With kind regards",
    doctor,
    "",
    INVENTED,
  ];
  return makePdf([text], "Letter");
}

function whose(plot: Plot): string[] {
  return [`Patient: ${printable(plot.name)}`, `Born: ${plot.born}`];
}

/** The papers' typeface knows the letters of western Europe; others lose their marks, as on many a passport. */
function printable(name: string): string {
  return /^[\x20-\xff]*$/.test(name) ? name : name.normalize("NFD").replaceAll(/\p{M}/gu, "");
}
