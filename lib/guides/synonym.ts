import type { TreatmentSlug } from "./treatment";

/** What people type when they mean a treatment, in English, German, Chinese, Russian and Arabic, folded into the search words. */
export const TREATMENT_SYNONYMS: Readonly<Record<TreatmentSlug, readonly string[]>> = {
  teer: [
    "mitral clip edge to edge repair TEER M-TEER mitral regurgitation leaking mitral valve",
    "Mitralklappe Mitralclip Clipping Mitralinsuffizienz undichte Mitralklappe",
    "二尖瓣 二尖瓣夹 缘对缘修复 二尖瓣反流 二尖瓣关闭不全",
    "митральный клапан митральный клип клипирование митральная недостаточность регургитация",
    "الصمام التاجي الصمام الميترالي مشبك قلس إصلاح",
  ],
  "tavi-transfemoral": [
    "TAVI TAVR transfemoral transcatheter aortic valve aortic stenosis narrowed valve groin",
    "Aortenklappe Aortenstenose Katheterklappe Leiste",
    "主动脉瓣 经导管主动脉瓣置换 经股动脉 主动脉瓣狭窄",
    "аортальный клапан транскатетерная имплантация аортальный стеноз ТАВИ",
    "الصمام الأبهري تافي قسطرة تضيق",
  ],
  "tavi-transapical": [
    "TAVI TAVR transapical aortic valve aortic regurgitation leaking aortic valve",
    "Aortenklappe transapikal Aorteninsuffizienz undichte Aortenklappe",
    "主动脉瓣 经心尖 主动脉瓣反流 主动脉瓣关闭不全",
    "аортальный клапан трансапикальный аортальная недостаточность ТАВИ",
    "الصمام الأبهري عبر القمة قلس تافي",
  ],
  "surgical-repair": [
    "valve repair surgery open heart mitral repair annuloplasty ring",
    "Klappenrekonstruktion Herzoperation Rekonstruktion Mitralklappe",
    "瓣膜修复 外科手术 瓣膜成形 开胸",
    "пластика клапана операция на сердце реконструкция",
    "إصلاح الصمام جراحة القلب",
  ],
  "surgical-replacement": [
    "valve replacement surgery open heart mechanical biological valve SAVR",
    "Klappenersatz Herzoperation mechanische biologische Klappe",
    "瓣膜置换 外科手术 机械瓣 生物瓣 开胸",
    "протезирование клапана замена клапана операция на сердце механический биологический",
    "استبدال الصمام جراحة القلب المفتوح",
  ],
  "tricuspid-teer": [
    "tricuspid clip TEER T-TEER tricuspid regurgitation leaking tricuspid valve",
    "Trikuspidalklappe Trikuspidalclip Trikuspidalinsuffizienz",
    "三尖瓣 三尖瓣夹 三尖瓣反流 三尖瓣关闭不全",
    "трикуспидальный клапан клипирование трикуспидальная недостаточность",
    "الصمام ثلاثي الشرفات مشبك قلس",
  ],
  "medical-therapy": [
    "medicines heart failure treatment drugs second opinion",
    "Medikamente Herzschwäche Herzinsuffizienz",
    "药物治疗 心力衰竭 心衰",
    "лекарства сердечная недостаточность лечение",
    "أدوية قصور القلب علاج",
  ],
  rehabilitation: [
    "cardiac rehabilitation rehab recovery training",
    "Rehabilitation Reha Kur Anschlussheilbehandlung",
    "心脏康复 康复",
    "реабилитация восстановление санаторий",
    "إعادة التأهيل القلبي تأهيل",
  ],
};

/** What people type when they do not know more than that it is the heart. Every centre is found by it. */
export const HEART_WORDS: readonly string[] = [
  "heart valve valves cardiology cardiac surgery heart centre center hospital clinic",
  "Herz Herzklappe Herzklappen Herzzentrum Herzchirurgie Kardiologie Klinik Krankenhaus",
  "心脏 心脏瓣膜 瓣膜 心脏病 心脏中心 心外科 医院",
  "сердце клапан клапаны сердца кардиология кардиохирургия клиника больница",
  "قلب القلب صمام صمامات الصمام أمراض جراحة مركز مستشفى",
];
