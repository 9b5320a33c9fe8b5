import type { Plot } from "../plot";
import { MITRAL } from "./papers";

/** The papers come in, and some are still missing. */
export const GATHERING_PLOTS: readonly Plot[] = [
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
