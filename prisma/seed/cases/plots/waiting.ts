import type { Plot } from "../plot";
const PAPERS = ["tte_report", "tte_loops", "ecg", "labs", "medication_list", "letters"] as const;

const CENTRE = "klinikum-isarbogen";
const WAITS = { clinic: CENTRE, acceptedOn: -3, inDays: 62, lastsDays: 12 };

/** An estimate is accepted and no day in the wished weeks is free: one is offered a day today, the other is next. */
export const WAITING_PLOTS: readonly Plot[] = [
  {
    key: "teodor-ilves",
    ...{
      name: "Teodor Ilves",
      sex: "m",
      born: "1955-03-11",
      country: "EE",
      phone: "+372 5550 0142",
      language: "en",
    },
    ...{
      treatment: "teer",
      illness: "primary_mitral",
      nyha: "II",
      owner: 1,
      started: 27,
      stage: "contracting",
    },
    problem: "Leaking mitral valve. I can come only in the weeks when my daughter is on leave.",
    papers: PAPERS,
    asks: [{ clinic: CENTRE, does: "answer", verdict: "eligible" }],
    waits: { ...WAITS, joinedAgo: 2.4, reason: "Comes with his daughter, who is on leave in these days." },
  },
  {
    key: "samira-benali",
    ...{
      name: "Samira Benali",
      sex: "f",
      born: "1952-09-28",
      country: "MA",
      phone: "+212 5 2255 0163",
      language: "ar",
    },
    ...{
      treatment: "teer",
      illness: "primary_mitral",
      nyha: "III",
      owner: 2,
      started: 25,
      stage: "contracting",
    },
    problem:
      "تسرب في الصمام التاجي. تأشيرتي صالحة لهذه الأيام فقط.\n\n(Leaking mitral valve; the visa is valid for these days only.)",
    papers: PAPERS,
    asks: [{ clinic: CENTRE, does: "answer", verdict: "eligible" }],
    waits: { ...WAITS, joinedAgo: 1.1, reason: "التأشيرة صالحة لهذه الأيام فقط." },
  },
];
