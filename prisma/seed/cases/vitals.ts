import type { Chance } from "../chance";
import type { Illness, Plot } from "./plot";

/** The numbers of one invented heart: every paper and every answer of a case is written from the same ones. */
export interface Vitals {
  diagnosis: string;
  /** The measurements a heart team grades by, with the guideline they are read by. */
  grade: string;
  echo: [name: string, value: string][];
  rhythm: "sinus" | "atrial_fibrillation";
  labs: [name: string, value: string, range: string][];
  medicines: [inn: string, strength: string, taking: string][];
}

type Measured = Pick<Vitals, "diagnosis" | "grade" | "echo">;

const HEARTS: Readonly<Record<Illness, (chance: Chance) => Measured>> = {
  primary_mitral: (chance) => {
    const [eroa, volume] = [chance.whole(41, 54), chance.whole(62, 80)];
    return {
      diagnosis: "Severe primary mitral regurgitation, prolapse of P2",
      grade: `EROA ${eroa} mm², regurgitant volume ${volume} mL (ESC/EACTS 2025)`,
      echo: [
        ...chambers(chance, [56, 65], [55, 61], [37, 43]),
        ["EROA (PISA)", `${eroa} mm²`],
        ["Regurgitant volume", `${volume} mL`],
        ["Vena contracta", `${tenths(chance, 70, 82)} mm`],
        ["Mitral valve area", `${tenths(chance, 43, 55)} cm²`],
        ["Mean mitral gradient", `${chance.whole(2, 3)} mmHg`],
        ["Flail gap", `${chance.whole(4, 8)} mm`],
        ["sPAP", `${chance.whole(42, 56)} mmHg`],
      ],
    };
  },
  secondary_mitral: (chance) => {
    const [eroa, volume] = [chance.whole(31, 38), chance.whole(46, 57)];
    return {
      diagnosis: "Severe secondary mitral regurgitation, dilated left ventricle",
      grade: `EROA ${eroa} mm², regurgitant volume ${volume} mL after stable therapy (ESC/EACTS 2025)`,
      echo: [
        ...chambers(chance, [26, 38], [62, 70], [51, 60]),
        ["EROA (PISA)", `${eroa} mm²`],
        ["Regurgitant volume", `${volume} mL`],
        ["Vena contracta", `${tenths(chance, 70, 85)} mm`],
        ["Coaptation depth", `${chance.whole(8, 10)} mm`],
        ["Mitral valve area", `${tenths(chance, 42, 51)} cm²`],
        ["Mean mitral gradient", `${chance.whole(1, 3)} mmHg`],
        ["sPAP", `${chance.whole(45, 62)} mmHg`],
      ],
    };
  },
  rheumatic_mitral: (chance) => {
    const area = tenths(chance, 9, 13);
    return {
      diagnosis: "Severe rheumatic mitral stenosis with moderate regurgitation",
      grade: `Mitral valve area ${area} cm², thickened leaflets, commissures calcified`,
      echo: [
        ...chambers(chance, [54, 61], [46, 51], [30, 35]),
        ["Mitral valve area (planimetry)", `${area} cm²`],
        ["Mean mitral gradient", `${chance.whole(11, 15)} mmHg`],
        ["EROA (PISA)", `${chance.whole(22, 28)} mm²`],
        ["Left atrium", `${chance.whole(54, 62)} mm`],
        ["sPAP", `${chance.whole(52, 66)} mmHg`],
      ],
    };
  },
  aortic_stenosis: (chance) => {
    const [speed, gradient, area] = [tenths(chance, 42, 49), chance.whole(44, 58), tenths(chance, 6, 9)];
    return {
      diagnosis: "Severe aortic stenosis, high gradient, tricuspid valve",
      grade: `Vmax ${speed} m/s, mean gradient ${gradient} mmHg, AVA ${area} cm² (ESC/EACTS 2025)`,
      echo: [
        ...chambers(chance, [52, 63], [47, 52], [30, 35]),
        ["Vmax", `${speed} m/s`],
        ["Mean gradient", `${gradient} mmHg`],
        ["AVA (continuity)", `${area} cm²`],
        ["Stroke volume index", `${chance.whole(37, 43)} mL/m²`],
        ["LVOT", `${chance.whole(20, 23)} mm`],
        ["Septum", `${chance.whole(13, 15)} mm`],
        ["sPAP", `${chance.whole(34, 46)} mmHg`],
      ],
    };
  },
  low_flow_stenosis: (chance) => {
    const [gradient, area] = [chance.whole(27, 34), tenths(chance, 7, 9)];
    return {
      diagnosis: "Aortic stenosis with low flow and low gradient, reduced ejection fraction",
      grade: `Mean gradient ${gradient} mmHg, AVA ${area} cm², low flow: severity to be confirmed by CT calcium score`,
      echo: [
        ...chambers(chance, [28, 36], [58, 64], [48, 54]),
        ["Vmax", `${tenths(chance, 32, 36)} m/s`],
        ["Mean gradient", `${gradient} mmHg`],
        ["AVA (continuity)", `${area} cm²`],
        ["Stroke volume index", `${chance.whole(26, 32)} mL/m²`],
        ["sPAP", `${chance.whole(44, 58)} mmHg`],
      ],
    };
  },
  aortic_regurgitation: (chance) => {
    const [contracta, volume] = [tenths(chance, 64, 75), chance.whole(61, 74)];
    return {
      diagnosis: "Severe pure aortic regurgitation without calcification",
      grade: `Vena contracta ${contracta} mm, regurgitant volume ${volume} mL (ESC/EACTS 2021)`,
      echo: [
        ...chambers(chance, [50, 57], [64, 71], [46, 51]),
        ["Vena contracta", `${contracta} mm`],
        ["EROA", `${chance.whole(31, 38)} mm²`],
        ["Regurgitant volume", `${volume} mL`],
        ["Pressure half-time", `${chance.whole(165, 195)} ms`],
        ["Diastolic reversal, descending aorta", "holodiastolic"],
        ["Ascending aorta", `${chance.whole(37, 42)} mm`],
      ],
    };
  },
  tricuspid: (chance) => {
    const [eroa, contracta] = [chance.whole(62, 76), tenths(chance, 142, 180)];
    return {
      diagnosis: "Massive secondary tricuspid regurgitation, dilated annulus",
      grade: `EROA ${eroa} mm², vena contracta ${contracta} mm: massive, grade 4 of 5 (TVARC 2023)`,
      echo: [
        ...chambers(chance, [52, 60], [46, 51], [31, 35]),
        ["EROA (PISA)", `${eroa} mm²`],
        ["Vena contracta (biplane)", `${contracta} mm`],
        ["Regurgitant volume", `${chance.whole(60, 70)} mL`],
        ["Coaptation gap", `${chance.whole(4, 7)} mm`],
        ["TAPSE", `${chance.whole(16, 19)} mm`],
        ["Hepatic veins", "systolic reversal"],
        ["sPAP", `${chance.whole(38, 48)} mmHg`],
      ],
    };
  },
};

type Span = readonly [low: number, high: number];

function chambers(chance: Chance, ejection: Span, diastolic: Span, systolic: Span): [string, string][] {
  return [
    ["LVEF (biplane Simpson)", `${chance.whole(...ejection)} %`],
    ["LVEDD", `${chance.whole(...diastolic)} mm`],
    ["LVESD", `${chance.whole(...systolic)} mm`],
    ["Left atrial volume index", `${chance.whole(44, 66)} mL/m²`],
  ];
}

function tenths(chance: Chance, low: number, high: number): string {
  return (chance.whole(low, high) / 10).toFixed(1);
}

const FAILING: readonly Illness[] = ["secondary_mitral", "low_flow_stenosis"];
const FIBRILLATING: readonly Illness[] = ["rheumatic_mitral", "tricuspid"];

export function vitalsOf(plot: Plot, chance: Chance): Vitals {
  const measured = HEARTS[plot.illness](chance);
  const isFailing = FAILING.includes(plot.illness);
  const isFibrillating = FIBRILLATING.includes(plot.illness) || chance.next() < 0.3;
  const rhythm = isFibrillating ? "atrial_fibrillation" : "sinus";
  return {
    ...measured,
    rhythm,
    labs: labs(chance, isFailing),
    medicines: medicines(isFailing, isFibrillating),
  };
}

function labs(chance: Chance, isFailing: boolean): Vitals["labs"] {
  const peptide = isFailing ? chance.whole(1_800, 4_200) : chance.whole(420, 1_400);
  return [
    ["Haemoglobin", `${tenths(chance, 112, 148)} g/dL`, "12.0-16.0"],
    ["Platelets", `${chance.whole(168, 290)} /nL`, "150-370"],
    ["Creatinine", `${(chance.whole(78, 148) / 100).toFixed(2)} mg/dL`, "0.50-1.10"],
    ["eGFR (CKD-EPI)", `${chance.whole(44, 82)} mL/min`, "> 60"],
    ["Potassium", `${tenths(chance, 40, 49)} mmol/L`, "3.5-5.1"],
    ["INR", tenths(chance, 10, 12), "0.9-1.2"],
    ["NT-proBNP", `${peptide} pg/mL`, "< 125"],
    ["C-reactive protein", `${chance.whole(1, 6)} mg/L`, "< 5"],
    ["HbA1c", `${tenths(chance, 53, 69)} %`, "< 6.0"],
  ];
}

function medicines(isFailing: boolean, isFibrillating: boolean): Vitals["medicines"] {
  return [
    isFibrillating
      ? ["apixaban", "5 mg", "one in the morning, one in the evening"]
      : ["aspirin", "100 mg", "one at noon"],
    ["bisoprolol", "5 mg", "one in the morning"],
    ["torasemide", "10 mg", "one in the morning"],
    ...(isFailing
      ? ([
          ["sacubitril/valsartan", "49/51 mg", "one in the morning, one in the evening"],
          ["spironolactone", "25 mg", "one at noon"],
          ["empagliflozin", "10 mg", "one in the morning"],
        ] satisfies Vitals["medicines"])
      : ([["ramipril", "5 mg", "one in the morning"]] satisfies Vitals["medicines"])),
    ["atorvastatin", "40 mg", "one in the evening"],
  ];
}
