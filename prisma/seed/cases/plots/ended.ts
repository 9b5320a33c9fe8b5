import type { Plot } from "../plot";
import { ALL_IN_LETTER, SHORT, SHORT_MITRAL } from "./papers";
import { BOHAI, RHEINTAL } from "./trips";

/** Ways that led elsewhere. */
export const ENDED_PLOTS: readonly Plot[] = [
  {
    key: "helena-kavalenka",
    ...{
      name: "Helena Kavalenka",
      sex: "f",
      born: "1961-05-02",
      country: "BY",
      phone: "+375 17 255 5011",
      language: "ru",
    },
    ...{
      treatment: "surgical-replacement",
      illness: "aortic_stenosis",
      nyha: "II",
      owner: 2,
      started: 33,
      stage: "cancelled",
    },
    problem:
      "Стеноз аортального клапана, предложили механический протез. Хочу узнать о других возможностях.\n\n(Aortic stenosis, was offered a mechanical valve; asks for other ways.)",
    papers: SHORT,
    gaps: ALL_IN_LETTER,
    asks: [{ clinic: "klinika-nad-warta", does: "answer", verdict: "eligible" }],
    ending: { ago: 9, why: "I will be operated at home, a place became free." },
    talks: [
      {
        ago: 9.2,
        from: "patient",
        text: "Дома освободилось место, оперируюсь в Минске. Спасибо, что всё объяснили.",
      },
    ],
  },
  {
    key: "imran-sheikh",
    ...{
      name: "Imran Sheikh",
      sex: "m",
      born: "1960-10-14",
      country: "PK",
      phone: "+92 42 555 0160",
      language: "en",
    },
    ...{
      treatment: "teer",
      illness: "secondary_mitral",
      nyha: "III",
      owner: 1,
      started: 48,
      stage: "cancelled",
    },
    problem: "Heart failure, mitral valve leaks severely. My cousin was treated in Cologne.",
    papers: SHORT_MITRAL,
    gaps: ALL_IN_LETTER,
    asks: [{ clinic: RHEINTAL, device: "mitraclip", does: "answer", verdict: "eligible" }],
    trip: {
      clinic: RHEINTAL,
      acceptedOn: -17,
      treatmentOn: 15,
      until: "confirmed",
      services: ["transfer_arrival", "transfer_return"],
      visa: "refused",
    },
    ending: { ago: 2, why: "visa_refused" },
    talks: [
      {
        ago: 2.5,
        from: "patient",
        text: "The embassy has refused. The letter is attached to my mail. What happens with the money?",
      },
    ],
  },
  {
    key: "daniel-tesfaye",
    ...{
      name: "Daniel Tesfaye",
      sex: "m",
      born: "1944-12-20",
      country: "ET",
      phone: "+251 11 555 0124",
      language: "en",
    },
    ...{
      treatment: "teer",
      illness: "secondary_mitral",
      nyha: "IV",
      owner: 2,
      started: 30,
      stage: "no_offer",
    },
    problem:
      "My father is 81, very weak, his heart pumps badly and the valve leaks. We want to know if anything can be done.",
    papers: SHORT_MITRAL,
    gaps: ALL_IN_LETTER,
    asks: [
      {
        clinic: RHEINTAL,
        does: "answer",
        verdict: "not_eligible",
        why: "Frailty and the small amount of living muscle: the clip would not lengthen or ease his life.",
        whatElse: "A heart failure nurse and palliative care at home; a pacemaker check.",
      },
      {
        clinic: BOHAI,
        does: "answer",
        verdict: "not_eligible",
        why: "The heart is too large for the clip to help, and the journey itself is a danger.",
        whatElse: "Treatment of the fluid at home; ask again if he gains strength.",
      },
    ],
    ending: { ago: 6, why: "Two centres advise against a procedure and a journey." },
    talks: [
      {
        ago: 8,
        from: "coordinator",
        text: "Both heart teams have answered, and I would rather call you than write. May I ring this evening?",
      },
      {
        ago: 6,
        from: "patient",
        text: "Thank you for speaking with us so openly. The two reports help us to talk with the doctor here.",
      },
    ],
  },
  {
    key: "vera-mihajlovic",
    ...{
      name: "Vera Mihajlović",
      sex: "f",
      born: "1943-03-09",
      country: "RS",
      phone: "+381 11 555 0147",
      language: "en",
    },
    ...{
      treatment: "tavi-transfemoral",
      illness: "low_flow_stenosis",
      nyha: "IV",
      owner: 1,
      started: 25,
      stage: "deceased",
    },
    problem: "Aortic stenosis and a weak heart. I would like to see my grandson finish school.",
    papers: SHORT,
    gaps: ALL_IN_LETTER,
    asks: [{ clinic: RHEINTAL, device: "evolut", does: "answer", verdict: "eligible" }],
    ending: { ago: 7, why: "The son told us on the phone." },
  },
  {
    key: "javier-castillo",
    ...{
      name: "Javier Castillo",
      sex: "m",
      born: "1956-08-28",
      country: "VE",
      phone: "+58 212 555 0193",
      language: "en",
    },
    ...{
      treatment: "surgical-replacement",
      illness: "aortic_regurgitation",
      nyha: "III",
      owner: 2,
      started: 20,
      stage: "transferred",
    },
    problem: "Aortic regurgitation, the heart is growing. I live between two countries.",
    papers: SHORT,
    gaps: ALL_IN_LETTER,
    asks: [{ clinic: "hospital-tres-encinas", does: "open" }],
    ending: {
      ago: 5,
      why: "Goes on with the university hospital of his sister's city, which has all papers now.",
    },
  },
];
