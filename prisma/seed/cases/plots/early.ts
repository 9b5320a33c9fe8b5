import type { Plot } from "../plot";

/** From the first word to the first look of a coordinator. */
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
];
