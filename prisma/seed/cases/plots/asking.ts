import type { Plot } from "../plot";

const MITRAL = ["tte_report", "tte_loops", "ecg", "labs", "medication_list"] as const;
const AORTIC = ["tte_report", "ecg", "labs", "ct_gated", "letters"] as const;
const LIST_IN_LETTER = [
  {
    item: "medication_list",
    status: "waived",
    reason: "All medicines with their doses stand in the hospital's letter.",
  },
] as const;
const RHEINTAL = "herzzentrum-rheintal";
const BOHAI = "bohai-heart-hospital";
const ISTANBUL = "bogaz-cinar-kalp-merkezi";

/** Centres are asked, and answers come in. */
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
    asks: [
      { clinic: RHEINTAL, does: "open" },
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
    gaps: LIST_IN_LETTER,
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
      { clinic: BOHAI, device: "venusa", does: "answer", verdict: "eligible" },
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
