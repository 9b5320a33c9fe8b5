import type { Plot } from "../plot";
import { AORTIC, LIST_IN_LETTER, MITRAL } from "./papers";
import { BOHAI, RHEINTAL } from "./trips";

/** Centres are asked. */
export const ASKING_PLOTS: readonly Plot[] = [
  {
    key: "viktor-sokolov",
    account: "patient2",
    ...{
      name: "Viktor Sokolov",
      sex: "m",
      born: "1954-01-15",
      country: "KZ",
      phone: "+7 727 555 01 44",
      language: "ru",
    },
    ...{
      treatment: "teer",
      illness: "secondary_mitral",
      nyha: "III",
      owner: 1,
      started: 4.2,
      stage: "with_centres",
    },
    problem:
      "Одышка при подъёме на второй этаж, по вечерам отекают ноги. Врач говорит, что митральный клапан сильно протекает, сердце расширено. Таблетки помогают мало.\n\n(Breathless on the second floor, swollen legs, severe leak of the mitral valve, dilated heart; tablets help little.)",
    papers: MITRAL,
    studies: ["echo_before", "ecg_wave", "echo_numbers"],
    asks: [
      { clinic: RHEINTAL, does: "open", paid: true },
      { clinic: BOHAI, does: "nothing" },
    ],
    talks: [
      { ago: 3, from: "patient", text: "Good evening. How long do the clinics usually need for an answer?" },
      {
        ago: 2.8,
        from: "coordinator",
        text: "Three working days at the most. Cologne has opened your papers already; you see it under “Who saw my records”.",
      },
    ],
  },
  {
    key: "li-guohua",
    ...{
      name: "Li Guohua",
      sex: "m",
      born: "1955-12-01",
      country: "CN",
      phone: "+86 22 5555 0190",
      language: "zh",
    },
    ...{
      treatment: "tavi-transfemoral",
      illness: "aortic_stenosis",
      nyha: "II",
      owner: 2,
      started: 2.5,
      stage: "with_centres",
    },
    problem:
      "我今年七十岁，上一层楼就喘。医院查出主动脉瓣重度狭窄，建议换瓣，但我不想开胸。我女儿住在慕尼黑，想在德国做微创手术。\n\n(Aortic stenosis, wants a valve without opening the chest, in Germany where the daughter lives.)",
    papers: AORTIC,
    studies: ["ct_series", "ecg_wave"],
    gaps: LIST_IN_LETTER,
    callsOff: BOHAI,
    asks: [
      { clinic: RHEINTAL, does: "nothing" },
      { clinic: "klinikum-isarbogen", does: "nothing" },
    ],
  },
  {
    key: "marek-novotny",
    ...{
      name: "Marek Novotný",
      sex: "m",
      born: "1950-04-29",
      country: "SK",
      phone: "+421 2 555 0171",
      language: "de",
    },
    ...{
      treatment: "tavi-transfemoral",
      illness: "low_flow_stenosis",
      nyha: "III",
      owner: 1,
      started: 4,
      stage: "with_centres",
    },
    problem:
      "Aortenklappe verkalkt, aber die Werte sind angeblich nicht eindeutig, weil das Herz schwach pumpt. Zwei Ärzte, zwei Meinungen.",
    papers: AORTIC,
    gaps: LIST_IN_LETTER,
    asks: [
      {
        clinic: RHEINTAL,
        device: "evolut",
        does: "sign",
        verdict: "eligible_with_conditions",
        conditions: [
          "CT calcium score confirms that the stenosis is severe",
          "Infection of the bladder treated",
        ],
      },
      { clinic: BOHAI, does: "nothing" },
    ],
    tasks: [{ title: "Ask Cologne when the second signature comes", inHours: 6 }],
  },
  {
    key: "samuel-osei",
    ...{
      name: "Samuel Osei",
      sex: "m",
      born: "1948-08-03",
      country: "GH",
      phone: "+233 30 255 5012",
      language: "en",
    },
    ...{
      treatment: "teer",
      illness: "primary_mitral",
      nyha: "III",
      owner: 2,
      started: 3.5,
      stage: "with_centres",
    },
    problem:
      "Torn chord of the mitral valve. At 78 and after bypass surgery in 2011 my doctors do not want to open the chest again.",
    papers: MITRAL,
    asks: [
      { clinic: BOHAI, does: "open" },
      { clinic: RHEINTAL, does: "nothing" },
    ],
    talks: [
      {
        ago: 1.4,
        from: "reviewer",
        clinic: BOHAI,
        text: "Is there a report of the bypass operation? We would like to know which grafts were used.",
      },
    ],
  },
  {
    key: "zarina-usmanova",
    ...{
      name: "Zarina Usmanova",
      sex: "f",
      born: "1947-03-18",
      country: "KG",
      phone: "+996 312 555 014",
      language: "ru",
    },
    ...{
      treatment: "tavi-transfemoral",
      illness: "aortic_stenosis",
      nyha: "IV",
      owner: 1,
      started: 9,
      stage: "with_centres",
    },
    problem:
      "Тяжёлый стеноз аорты, живу только дома. В нашем городе такие клапаны не ставят.\n\n(Severe aortic stenosis, house-bound; such valves are not placed in her city.)",
    papers: AORTIC,
    gaps: LIST_IN_LETTER,
    asks: [
      {
        clinic: RHEINTAL,
        paid: true,
        does: "decline",
        why: "No room for an emergency admission from abroad in the next four weeks.",
      },
      {
        clinic: BOHAI,
        device: "venusa",
        does: "answer",
        verdict: "refer_elsewhere",
        why: "Leg arteries too narrow for our sheath; a centre with experience in other access routes should look at the CT.",
        whatElse:
          "Ask a centre that works through the collarbone artery or the apex. The CT is good enough for that.",
      },
      { clinic: "kizilcam-kalp-hastanesi", does: "open" },
    ],
    talks: [
      {
        ago: 4,
        from: "internal",
        text: "Ankara does transapical; asked on the phone, they look at it tomorrow. The daughter would come along.",
      },
    ],
  },
  {
    key: "abdul-karim-chowdhury",
    ...{
      name: "Abdul Karim Chowdhury",
      sex: "m",
      born: "1956-05-06",
      country: "BD",
      phone: "+880 2 5555 0133",
      language: "en",
    },
    ...{
      treatment: "tavi-transapical",
      illness: "aortic_regurgitation",
      nyha: "III",
      owner: 2,
      started: 12,
      stage: "with_centres",
    },
    problem:
      "Pure aortic regurgitation, no calcium on the valve. Lung disease, so two surgeons refused. I read about a valve from China made for this.",
    papers: [...MITRAL, "ct_gated"],
    asks: [
      {
        clinic: BOHAI,
        device: "j-valve",
        does: "sign",
        verdict: "eligible_with_conditions",
        conditions: ["Lung function test not older than three months"],
      },
      { clinic: RHEINTAL, does: "nothing" },
    ],
    talks: [
      { ago: 2, from: "patient", text: "It has been many days. Have both hospitals my pictures?" },
      {
        ago: 1.9,
        from: "coordinator",
        text: "Yes. Tianjin has given its first opinion, the second doctor still has to sign. Cologne is late; I called them this morning.",
      },
    ],
  },
];
