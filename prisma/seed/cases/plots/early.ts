import type { Plot } from "../plot";

const MITRAL = ["tte_report", "tte_loops", "ecg", "labs", "medication_list"] as const;

/** From the first word to the last missing paper. */
export const EARLY_PLOTS: readonly Plot[] = [
  {
    key: "salma-haddad",
    account: "patient",
    ...{
      name: "Salma Haddad",
      sex: "f",
      born: "1951-08-19",
      country: "JO",
      phone: "+962 6 555 0143",
      language: "en",
    },
    ...{
      treatment: "not-sure",
      illness: "primary_mitral",
      nyha: "II",
      owner: 1,
      started: 2.2,
      stage: "draft",
    },
    problem:
      "I am writing for my aunt. At a check-up they heard a murmur, and the first ultrasound says the mitral valve leaks. We do not have the report yet.",
  },
  {
    key: "tomas-herrera",
    ...{
      name: "Tomás Herrera",
      sex: "m",
      born: "1958-03-02",
      country: "MX",
      phone: "+52 55 5555 0102",
      language: "en",
    },
    ...{
      treatment: "surgical-repair",
      illness: "primary_mitral",
      nyha: "II",
      owner: 2,
      started: 6,
      stage: "draft",
    },
    problem:
      "Mitral valve prolapse known for eight years. Now my cardiologist says the heart is getting larger.",
  },
  {
    key: "ifeoma-adeyemi",
    ...{
      name: "Ifeoma Adeyemi",
      sex: "f",
      born: "1949-11-27",
      country: "NG",
      phone: "+234 1 555 0188",
      language: "en",
    },
    ...{
      treatment: "tavi-transfemoral",
      illness: "aortic_stenosis",
      nyha: "IV",
      owner: 1,
      started: 0.009,
      stage: "submitted",
    },
    problem:
      "My mother fainted twice this week, the last time this morning in the kitchen. She cannot lie flat at night. The doctor says the aortic valve is very narrow and sent us home with water tablets.",
    flags: { restBreathlessness: true, syncope: true },
  },
  {
    key: "piotr-wojcik",
    ...{
      name: "Piotr Wójcik",
      sex: "m",
      born: "1962-05-14",
      country: "PL",
      phone: "+48 22 555 01 76",
      language: "de",
    },
    ...{
      treatment: "surgical-repair",
      illness: "primary_mitral",
      nyha: "II",
      owner: 2,
      started: 0.035,
      stage: "submitted",
    },
    problem:
      "Die Mitralklappe ist seit zwei Jahren stark undicht. Ich treibe noch Sport, merke aber, dass die Luft knapp wird. Mir wurde eine Reparatur empfohlen, die Wartezeit hier ist lang.",
  },
  {
    key: "dilnoza-karimova",
    ...{
      name: "Dilnoza Karimova",
      sex: "f",
      born: "1966-01-30",
      country: "UZ",
      phone: "+998 71 555 01 20",
      language: "ru",
    },
    ...{
      treatment: "surgical-replacement",
      illness: "rheumatic_mitral",
      nyha: "III",
      owner: 2,
      started: 0.09,
      stage: "submitted",
    },
    problem:
      "В детстве был ревматизм. Сейчас митральный клапан сужен, врачи говорят о замене. Задыхаюсь на первом этаже, сердце бьётся неровно. Хочу узнать, где сделают операцию и сколько это стоит.\n\n(Rheumatic fever as a child, narrowed mitral valve, irregular heartbeat; asks where it can be replaced and at what price.)",
  },
  {
    key: "ahmed-al-mutairi",
    ...{
      name: "Ahmed Al-Mutairi",
      sex: "m",
      born: "1953-04-08",
      country: "KW",
      phone: "+965 2555 0110",
      language: "ar",
    },
    ...{
      treatment: "teer",
      illness: "secondary_mitral",
      nyha: "IV",
      owner: 1,
      started: 0.5,
      stage: "triage",
    },
    dueIn: 0.6,
    problem:
      "أشعر بضيق شديد في التنفس حتى أثناء الراحة، وقال الطبيب إن الصمام التاجي لا يُغلق جيدًا وإن عضلة القلب ضعيفة. كنت في المستشفى قبل أسبوعين.\n\n(Breathless even at rest, leaking mitral valve, weak heart muscle; was in hospital two weeks ago.)",
    flags: { restBreathlessness: true },
    tasks: [{ title: "Call the son: what did the emergency department say?", inHours: -3 }],
  },
  {
    key: "ruth-wanjiru",
    ...{
      name: "Ruth Wanjiru",
      sex: "f",
      born: "1957-09-12",
      country: "KE",
      phone: "+254 20 555 0175",
      language: "en",
    },
    ...{
      treatment: "tricuspid-teer",
      illness: "tricuspid",
      nyha: "III",
      owner: 2,
      started: 0.9,
      stage: "triage",
    },
    dueIn: 5,
    problem:
      "My legs and belly swell, and I am tired all day. They told me the right-sided valve leaks and that surgery would be too dangerous. I read about a clip.",
  },
  {
    key: "carlos-mendoza",
    ...{
      name: "Carlos Mendoza",
      sex: "m",
      born: "1969-12-05",
      country: "PE",
      phone: "+51 1 555 0131",
      language: "en",
    },
    ...{
      treatment: "not-sure",
      illness: "aortic_regurgitation",
      nyha: "II",
      owner: 1,
      started: 1.3,
      stage: "triage",
    },
    dueIn: -2,
    problem:
      "Leaking aortic valve, my heart has grown. One doctor says wait, another says operate now. I want a third opinion.",
    tasks: [{ title: "Ask which opinion he wants: paper only, or a video talk", inHours: 5 }],
  },
  {
    key: "olena-kovalenko",
    ...{
      name: "Olena Kovalenko",
      sex: "f",
      born: "1960-07-21",
      country: "UA",
      phone: "+380 44 555 0164",
      language: "ru",
    },
    ...{
      treatment: "teer",
      illness: "primary_mitral",
      nyha: "III",
      owner: 2,
      started: 9,
      stage: "collecting_records",
    },
    problem:
      "Створка митрального клапана оторвалась, сильная утечка. Операцию на открытом сердце из-за лёгких не советуют.\n\n(A leaflet has torn, severe leak; open surgery advised against because of the lungs.)",
    papers: ["tte_report", "ecg"],
    refused: {
      paper: "labs",
      reason: "too_old",
      note: "The results are eight months old; the heart teams need some of the last six weeks.",
    },
    talks: [
      {
        ago: 4,
        from: "patient",
        text: "Сделала фотографию заключения, подойдёт? Диск с записью в больнице обещают завтра.",
      },
      {
        ago: 3.9,
        from: "coordinator",
        text: "The photo is good for reading, thank you. What the doctors judge by are the moving pictures on the disc. As soon as you have it, drag the whole folder onto the page.",
      },
    ],
    tasks: [{ title: "Second reminder: echo disc and new blood results", inHours: -20 }],
  },
  {
    key: "hassan-bakr",
    ...{
      name: "Hassan Bakr",
      sex: "m",
      born: "1955-02-17",
      country: "EG",
      phone: "+20 2 5555 0119",
      language: "ar",
    },
    ...{
      treatment: "tavi-transfemoral",
      illness: "aortic_stenosis",
      nyha: "III",
      owner: 1,
      started: 5,
      stage: "collecting_records",
    },
    dueIn: 20,
    problem:
      "ألم في الصدر عند المشي ودوخة أحيانًا. تقرير الإيكو يقول تضيّق شديد في الصمام الأبهري. أريد أن أعرف هل يمكن العلاج بالقسطرة.\n\n(Chest pain on walking, dizziness, severe aortic stenosis; asks for treatment by catheter.)",
    papers: ["tte_report"],
    unjudged: ["ecg", "labs", "ct_gated"],
    talks: [
      {
        ago: 1.1,
        from: "patient",
        text: "I have uploaded the CT and the blood results today. Is anything still missing?",
      },
    ],
  },
  {
    key: "nguyen-van-minh",
    ...{
      name: "Nguyễn Văn Minh",
      sex: "m",
      born: "1952-10-10",
      country: "VN",
      phone: "+84 24 5555 0107",
      language: "en",
    },
    ...{
      treatment: "teer",
      illness: "secondary_mitral",
      nyha: "III",
      owner: 2,
      started: 6,
      stage: "collecting_records",
    },
    dueIn: 30,
    problem:
      "Heart failure since an infarction in 2019, ejection fraction about 30 %. Tablets are at the maximum. They say the leak of the mitral valve is what keeps me ill.",
    papers: MITRAL,
    asks: [
      {
        clinic: "bohai-heart-hospital",
        does: "ask_more",
        item: "tee_loops",
        why: "The grasping zone cannot be judged from the chest wall. Please send the loops of the swallowed probe if they exist already.",
      },
    ],
    talks: [
      {
        ago: 5,
        from: "coordinator",
        text: "The doctors in Tianjin would like to see the examination with the swallowed probe. You had it in March: can your hospital burn it to a disc? You do not need to repeat it for us.",
      },
    ],
  },
  {
    key: "fatima-benali",
    ...{
      name: "Fatima Zahra Benali",
      sex: "f",
      born: "1959-06-25",
      country: "MA",
      phone: "+212 522 555 018",
      language: "ar",
    },
    ...{
      treatment: "surgical-replacement",
      illness: "aortic_regurgitation",
      nyha: "II",
      owner: 1,
      started: 27,
      stage: "collecting_records",
    },
    problem:
      "صمام الأبهر يُسرِّب بشدة والقلب متوسع. نُصحت بالجراحة، وأريد مقارنة المراكز قبل القرار.\n\n(Severe aortic regurgitation with a dilated heart; surgery advised, wants to compare centres first.)",
    papers: ["tte_report", "ecg", "labs"],
    gaps: [
      {
        item: "medication_list",
        status: "waived",
        reason: "She takes one tablet only; it stands in the laboratory report.",
      },
    ],
    hold: { days: 9, reason: "Two teeth are treated first; the dentist's letter follows." },
  },
];
