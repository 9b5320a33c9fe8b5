import type { ClinicTeam } from "./cast";
import type { Ask, Illness } from "./plot";
import type { Story } from "./story";

type Verdict = Extract<Ask, { verdict: string }>;

/** What a heart team writes under its verdict. Figures of risk are published ones, each with its source. */
export function opinionOf(story: Story, ask: Verdict, team: ClinicTeam): Record<string, unknown> {
  const { vitals } = story;
  const common = {
    reviewers: [
      { name: team.reviewer.name, role: "Cardiology" },
      { name: team.surgeon.name, role: "Cardiac surgery" },
    ],
    dataQuality: "good",
    diagnosis: { text: vitals.diagnosis, grade: vitals.grade },
  };
  if (ask.verdict === "not_eligible" || ask.verdict === "refer_elsewhere") {
    return {
      ...common,
      verdict: ask.verdict,
      reason: ask.why,
      whatElse: ask.whatElse,
      ...scoresOf(story, true),
    };
  }
  return {
    ...common,
    verdict: ask.verdict,
    ...(ask.verdict === "eligible_with_conditions"
      ? { conditions: ask.conditions.map((text) => ({ text })) }
      : {}),
    ...planOf(story, ask),
    urgency: story.plot.nyha === "IV" ? "within_4_weeks" : "within_3_months",
    fitToTravel: story.plot.nyha === "IV" ? "with_escort" : "yes",
    ...scoresOf(story, false),
    medicines: [
      {
        drug: story.plot.illness === "rheumatic_mitral" ? "warfarin" : "apixaban",
        dose: "as discharged",
        duration: "3 months, then re-check",
        monitoredBy: "doctor at home",
      },
    ],
    followUp: [
      { when: "Day 3", what: "Call by the coordinator" },
      { when: "Week 6", what: "Echocardiography at home, sent to us" },
      { when: "Month 12", what: "Echocardiography and visit" },
    ],
  };
}

function scoresOf({ chance }: Story, isHigh: boolean) {
  const low = isHigh ? 90 : 15;
  return {
    riskScores: {
      euroScoreII: chance.whole(low, low + 35) / 10,
      stsProm: chance.whole(low - 4, low + 25) / 10,
      clinicalFrailty: isHigh ? chance.whole(6, 7) : chance.whole(2, 4),
    },
  };
}

interface Plan {
  access: string;
  guidelineClass: string;
  alternatives: { treatment: string; whyNot: string }[];
  risks: { event: string; percent?: number; lowPercent?: number; highPercent?: number; source: string }[];
  stay: { icuDays: number; wardDays: number; nearbyDaysLow: number; nearbyDaysHigh: number };
}

const CLIP: Plan = {
  access: "femoral-vein",
  guidelineClass: "ESC/EACTS 2025: secondary class I A, primary at high surgical risk class IIa B",
  alternatives: [
    {
      treatment: "Surgical repair",
      whyNot: "Higher risk than the clip at this age and with these other illnesses.",
    },
  ],
  risks: [
    { event: "Death within 30 days", percent: 1.7, source: "EXPAND G4, n = 1,164" },
    { event: "Clip not placed or leak not reduced", percent: 3.8, source: "EXPAND G4, n = 1,164" },
  ],
  stay: { icuDays: 1, wardDays: 3, nearbyDaysLow: 7, nearbyDaysHigh: 10 },
};

const PLANS: Readonly<Record<string, Plan>> = {
  teer: CLIP,
  "tricuspid-teer": {
    access: "femoral-vein",
    guidelineClass: "ESC/EACTS 2025: class IIa for high-risk patients with symptoms despite therapy",
    alternatives: [
      { treatment: "Surgery of the tricuspid valve", whyNot: "Risk too high with the right heart as it is." },
    ],
    risks: [
      { event: "Major event within 30 days", percent: 1.7, source: "TRILUMINATE Pivotal, device arm" },
      { event: "Pacemaker within one year", percent: 2.9, source: "TRILUMINATE Pivotal, both arms" },
    ],
    stay: { icuDays: 1, wardDays: 3, nearbyDaysLow: 7, nearbyDaysHigh: 10 },
  },
  "tavi-transfemoral": {
    access: "transfemoral",
    guidelineClass: "ESC/EACTS 2025: class I A from 70 years with suitable anatomy",
    alternatives: [
      { treatment: "Surgical valve replacement", whyNot: "Possible; longer recovery at this age." },
    ],
    risks: [
      { event: "Stroke within 5 years", percent: 5.8, source: "PARTNER 3, catheter arm" },
      { event: "Pacemaker within 5 years", percent: 13.5, source: "PARTNER 3, catheter arm" },
      {
        event: "Leak beside the valve, mild or more, at 5 years",
        percent: 24.5,
        source: "PARTNER 3, catheter arm",
      },
    ],
    stay: { icuDays: 1, wardDays: 4, nearbyDaysLow: 7, nearbyDaysHigh: 14 },
  },
  "tavi-transapical": {
    access: "transapical",
    guidelineClass: "ESC/EACTS 2025: class IIb B for pure regurgitation not fit for surgery",
    alternatives: [
      {
        treatment: "Surgical valve replacement",
        whyNot: "First choice by the guideline; refused because of the lungs.",
      },
    ],
    risks: [
      {
        event: "Leak beside the valve at 30 days",
        percent: 33.8,
        source: "Transapical series, n = 69, PMC9323817",
      },
      { event: "Major bleeding at 30 days", percent: 7.4, source: "Transapical series, n = 69, PMC9323817" },
    ],
    stay: { icuDays: 2, wardDays: 5, nearbyDaysLow: 10, nearbyDaysHigh: 14 },
  },
  "surgical-repair": {
    access: "minithoracotomy",
    guidelineClass: "ESC/EACTS 2025: class I for primary regurgitation when a durable repair is likely",
    alternatives: [{ treatment: "Clip", whyNot: "For patients at high surgical risk." }],
    risks: [
      { event: "Death in hospital, selected patients", percent: 1.2, source: "ESC/EACTS guideline, 2025" },
    ],
    stay: { icuDays: 2, wardDays: 7, nearbyDaysLow: 14, nearbyDaysHigh: 21 },
  },
  "surgical-replacement": {
    access: "sternotomy",
    guidelineClass: "ESC/EACTS 2025: class I for severe disease with symptoms",
    alternatives: [{ treatment: "Catheter valve", whyNot: "Anatomy or age speak for surgery." }],
    risks: [
      {
        event: "Death within 30 days",
        lowPercent: 2,
        highPercent: 4,
        source: "This centre's own estimate for this patient",
      },
    ],
    stay: { icuDays: 2, wardDays: 8, nearbyDaysLow: 14, nearbyDaysHigh: 21 },
  },
};

const BY_ILLNESS: Readonly<Record<Illness, string>> = {
  primary_mitral: "teer",
  secondary_mitral: "teer",
  rheumatic_mitral: "surgical-replacement",
  aortic_stenosis: "tavi-transfemoral",
  low_flow_stenosis: "tavi-transfemoral",
  aortic_regurgitation: "tavi-transapical",
  tricuspid: "tricuspid-teer",
};

function planOf({ plot }: Story, ask: Verdict) {
  const treatment = plot.treatment === "not-sure" ? BY_ILLNESS[plot.illness] : plot.treatment;
  const plan = PLANS[treatment];
  if (!plan) throw new Error(`No heart team of the demo proposes ${treatment}.`);
  return { ...plan, proposedTreatment: treatment, ...(ask.device ? { device: ask.device } : {}) };
}
