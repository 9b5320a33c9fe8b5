import type { Plot } from "../plot";
import { AORTIC, LIST_IN_LETTER, MITRAL } from "./papers";
import { BOHAI, ISTANBUL, RHEINTAL } from "./trips";

/** The answers are in, and a choice is to be made. */
export const CHOOSING_PLOTS: readonly Plot[] = [
  {
    key: "youssef-haddad",
    account: "patient",
    ...{
      name: "Youssef Haddad",
      sex: "m",
      born: "1947-06-30",
      country: "JO",
      phone: "+962 6 555 0143",
      language: "ar",
    },
    ...{
      treatment: "tavi-transfemoral",
      illness: "aortic_stenosis",
      nyha: "III",
      owner: 1,
      started: 19,
      stage: "choosing",
    },
    problem:
      "أكتب عن والدي: يتعب بعد خمسين مترًا ويشعر بدوخة. الصمام الأبهري ضيق جدًا، ويقول الأطباء إنه يحتاج إلى صمام جديد.\n\n(Writing for her father: tired after fifty metres, dizzy; the aortic valve is very narrow and must be replaced.)",
    papers: [...AORTIC, "tte_loops"],
    gaps: LIST_IN_LETTER,
    asks: [
      { clinic: RHEINTAL, device: "sapien-3", does: "answer", verdict: "eligible" },
      { clinic: BOHAI, device: "venusa", does: "answer", verdict: "eligible", paid: true },
      {
        clinic: ISTANBUL,
        device: "sapien-3",
        does: "answer",
        verdict: "eligible_with_conditions",
        conditions: ["Dentist's letter not older than six months"],
      },
    ],
    talks: [
      {
        ago: 6,
        from: "coordinator",
        text: "Three centres have said yes, and three estimates wait for you. Compare the high numbers as well, not only the expected ones: the page shows what would make the difference.",
      },
      {
        ago: 4,
        from: "patient",
        text: "Thank you. My father would like to talk to somebody who had this done in Cologne. Is that possible?",
      },
      {
        ago: 3.8,
        from: "coordinator",
        text: "Not other patients, but a doctor: I can arrange a video talk with an Arabic interpreter this week. Shall I?",
      },
    ],
    tasks: [{ title: "Video talk with Cologne, Arabic interpreter", inHours: 26 }],
  },
  {
    key: "mariam-khachatryan",
    ...{
      name: "Mariam Khachatryan",
      sex: "f",
      born: "1952-02-11",
      country: "AM",
      phone: "+374 10 555 016",
      language: "ru",
    },
    ...{
      treatment: "tricuspid-teer",
      illness: "tricuspid",
      nyha: "III",
      owner: 2,
      started: 21,
      stage: "choosing",
    },
    problem:
      "Трёхстворчатый клапан сильно протекает, живот и ноги отекают. Две операции на сердце уже были.\n\n(Severe tricuspid leak, swollen belly and legs; two heart operations before.)",
    papers: MITRAL,
    asks: [
      { clinic: RHEINTAL, device: "triclip", does: "answer", verdict: "eligible" },
      { clinic: "shaked-heart-centre", device: "triclip", does: "answer", verdict: "eligible" },
    ],
    talks: [{ ago: 5, from: "patient", text: "Спасибо за сметы. Сын сравнивает, ответим до конца недели." }],
  },
  {
    key: "siti-rahmawati",
    ...{
      name: "Siti Rahmawati",
      sex: "f",
      born: "1963-09-09",
      country: "ID",
      phone: "+62 21 5555 0128",
      language: "en",
    },
    ...{
      treatment: "surgical-repair",
      illness: "primary_mitral",
      nyha: "II",
      owner: 1,
      started: 24,
      stage: "choosing",
    },
    problem: "Prolapse of the mitral valve, severe leak, no other illness. I want a repair, not a new valve.",
    papers: ["tte_report", "ecg", "labs", "medication_list", "letters"],
    asks: [
      { clinic: "chao-lotus-heart-hospital", does: "answer", verdict: "eligible" },
      { clinic: "bunga-raya-heart-centre", does: "answer", verdict: "eligible" },
    ],
    rejects: "chao-lotus-heart-hospital",
    talks: [
      {
        ago: 6,
        from: "patient",
        text: "I have said no to Bangkok, my sister lives in Kuala Lumpur. Is the price there fixed?",
      },
    ],
  },
  {
    key: "andres-quispe",
    ...{
      name: "Andrés Quispe",
      sex: "m",
      born: "1951-11-16",
      country: "BO",
      phone: "+591 2 255 5017",
      language: "en",
    },
    ...{
      treatment: "teer",
      illness: "secondary_mitral",
      nyha: "III",
      owner: 2,
      started: 23,
      stage: "choosing",
    },
    problem:
      "Heart failure for six years, a defibrillator since 2023. The leak of the mitral valve has become severe although I take everything.",
    papers: MITRAL,
    asks: [
      {
        clinic: "centre-cardiac-mar-de-xara",
        device: "mitraclip",
        does: "answer",
        verdict: "eligible_with_conditions",
        conditions: [
          "Torasemide raised and stable for four weeks",
          "Check of the defibrillator before the flight",
        ],
      },
      {
        clinic: RHEINTAL,
        does: "answer",
        verdict: "not_eligible",
        why: "Left ventricle too large (LVESD beyond 70 mm expected under load): no benefit shown in such hearts.",
        whatElse:
          "A centre that treats end-stage heart failure; a second look if the heart becomes smaller under therapy.",
      },
    ],
    talks: [
      {
        ago: 7,
        from: "coordinator",
        text: "One centre says yes under two conditions, the other says no and why. Both papers are in your case to download. Shall we talk them through on the phone?",
      },
    ],
    tasks: [{ title: "Phone call about the two answers", inHours: -30 }],
  },
];
