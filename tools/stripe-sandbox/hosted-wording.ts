/** What the payment page says. `{amount}` and `{count}` are filled in. */
export type Wording = {
  title: string;
  pay: string;
  testNote: string;
  paidFor: string;
  times: string;
  total: string;
  cardHeading: string;
  email: string;
  cardNumber: string;
  expiry: string;
  cvc: string;
  debitHeading: string;
  iban: string;
  /** Stands before a test account that pays. */
  ibanHint: string;
  payByDebit: string;
  back: string;
  testCards: string;
  testCardList: string;
  bankHeading: string;
  bankText: string;
  authorize: string;
  fail: string;
  expiredHeading: string;
  expiredText: string;
  unknownHeading: string;
  unknownText: string;
  errors: Record<PageError, string>;
};

export type PageError =
  | "declined"
  | "authentication"
  | "expired_card"
  | "incorrect_cvc"
  | "incorrect_number"
  | "insufficient_funds"
  | "invalid_expiry"
  | "invalid_iban"
  | "missing_number"
  | "not_a_test_card"
  | "processing_error";

export type Language = "ar" | "de" | "en" | "ru" | "zh";

const en: Wording = {
  title: "Pay {amount}",
  pay: "Pay {amount}",
  testNote: "Test payments only – no real money moves. Never enter a real card number.",
  paidFor: "What you pay for",
  times: "{count} ×",
  total: "Total",
  cardHeading: "Pay by card",
  email: "Email for the receipt (optional)",
  cardNumber: "Card number",
  expiry: "Expiry date (MM/YY)",
  cvc: "Security code",
  debitHeading: "Pay by SEPA direct debit",
  iban: "IBAN",
  ibanHint: "Test account:",
  payByDebit: "Pay {amount} by direct debit",
  back: "Cancel and go back",
  testCards: "Test cards",
  testCardList:
    "Pays: 4242 4242 4242 4242. Declined: 4000 0000 0000 0002. Asks for a bank check: 4000 0025 0000 3155.",
  bankHeading: "Confirm with your bank",
  bankText: "Your bank asks you to confirm this payment of {amount}.",
  authorize: "Authorize",
  fail: "Refuse",
  expiredHeading: "This payment page has expired",
  expiredText: "Nothing was charged. Go back and start the payment again.",
  unknownHeading: "There is no such payment page",
  unknownText: "Check the address, or go back to where you came from and start the payment again.",
  errors: {
    declined: "Your card was declined. Nothing was charged. Try another card.",
    authentication:
      "The payment was not confirmed with your bank. Nothing was charged. Try again or use another card.",
    expired_card: "Your card has expired. Try another card.",
    incorrect_cvc: "The security code is not right. Check it and try again.",
    incorrect_number: "The card number is not right. Check it and try again.",
    insufficient_funds: "Your card has insufficient funds. Nothing was charged. Try another card.",
    invalid_expiry: "Write the expiry date as month and year, such as 12/34.",
    invalid_iban: "The IBAN is not right. Check it and try again.",
    missing_number: "Enter a card number.",
    not_a_test_card: "This page takes test cards only. Never enter a real card number here.",
    processing_error: "The card could not be processed. Nothing was charged. Try again in a moment.",
  },
};

const de: Wording = {
  title: "{amount} bezahlen",
  pay: "{amount} bezahlen",
  testNote: "Nur Testzahlungen – es fließt kein echtes Geld. Geben Sie nie eine echte Kartennummer ein.",
  paidFor: "Wofür Sie bezahlen",
  times: "{count} ×",
  total: "Summe",
  cardHeading: "Mit Karte bezahlen",
  email: "E-Mail für die Quittung (freiwillig)",
  cardNumber: "Kartennummer",
  expiry: "Gültig bis (MM/JJ)",
  cvc: "Prüfnummer",
  debitHeading: "Mit SEPA-Lastschrift bezahlen",
  iban: "IBAN",
  ibanHint: "Testkonto:",
  payByDebit: "{amount} per Lastschrift bezahlen",
  back: "Abbrechen und zurück",
  testCards: "Testkarten",
  testCardList:
    "Bezahlt: 4242 4242 4242 4242. Abgelehnt: 4000 0000 0000 0002. Mit Freigabe der Bank: 4000 0025 0000 3155.",
  bankHeading: "Bei Ihrer Bank bestätigen",
  bankText: "Ihre Bank bittet Sie, diese Zahlung von {amount} zu bestätigen.",
  authorize: "Freigeben",
  fail: "Ablehnen",
  expiredHeading: "Diese Zahlungsseite ist abgelaufen",
  expiredText: "Es wurde nichts abgebucht. Gehen Sie zurück und beginnen Sie die Zahlung neu.",
  unknownHeading: "Diese Zahlungsseite gibt es nicht",
  unknownText: "Prüfen Sie die Adresse, oder gehen Sie zurück und beginnen Sie die Zahlung neu.",
  errors: {
    declined: "Ihre Karte wurde abgelehnt. Es wurde nichts abgebucht. Versuchen Sie eine andere Karte.",
    authentication:
      "Die Zahlung wurde nicht bei Ihrer Bank bestätigt. Es wurde nichts abgebucht. Versuchen Sie es erneut oder mit einer anderen Karte.",
    expired_card: "Ihre Karte ist abgelaufen. Versuchen Sie eine andere Karte.",
    incorrect_cvc: "Die Prüfnummer stimmt nicht. Prüfen Sie sie und versuchen Sie es erneut.",
    incorrect_number: "Die Kartennummer stimmt nicht. Prüfen Sie sie und versuchen Sie es erneut.",
    insufficient_funds:
      "Ihre Karte ist nicht gedeckt. Es wurde nichts abgebucht. Versuchen Sie eine andere Karte.",
    invalid_expiry: "Schreiben Sie das Ablaufdatum als Monat und Jahr, etwa 12/34.",
    invalid_iban: "Die IBAN stimmt nicht. Prüfen Sie sie und versuchen Sie es erneut.",
    missing_number: "Geben Sie eine Kartennummer ein.",
    not_a_test_card: "Diese Seite nimmt nur Testkarten. Geben Sie hier nie eine echte Kartennummer ein.",
    processing_error:
      "Die Karte konnte nicht verarbeitet werden. Es wurde nichts abgebucht. Versuchen Sie es gleich noch einmal.",
  },
};

const zh: Wording = {
  title: "支付 {amount}",
  pay: "支付 {amount}",
  testNote: "仅为测试付款，不会发生真实扣款。请勿输入真实卡号。",
  paidFor: "付款内容",
  times: "{count} ×",
  total: "合计",
  cardHeading: "银行卡付款",
  email: "接收收据的电子邮箱（选填）",
  cardNumber: "卡号",
  expiry: "有效期（月/年）",
  cvc: "安全码",
  debitHeading: "SEPA 直接扣款",
  iban: "IBAN 账号",
  ibanHint: "测试账户：",
  payByDebit: "通过直接扣款支付 {amount}",
  back: "取消并返回",
  testCards: "测试卡",
  testCardList:
    "付款成功：4242 4242 4242 4242。被拒：4000 0000 0000 0002。需要银行验证：4000 0025 0000 3155。",
  bankHeading: "请在银行确认",
  bankText: "您的银行请您确认这笔 {amount} 的付款。",
  authorize: "授权",
  fail: "拒绝",
  expiredHeading: "此付款页面已过期",
  expiredText: "未发生扣款。请返回并重新开始付款。",
  unknownHeading: "没有此付款页面",
  unknownText: "请检查网址，或返回原页面重新开始付款。",
  errors: {
    declined: "您的银行卡被拒绝。未发生扣款。请换一张卡再试。",
    authentication: "付款未在银行确认。未发生扣款。请重试或换一张卡。",
    expired_card: "您的银行卡已过期。请换一张卡再试。",
    incorrect_cvc: "安全码不正确。请检查后重试。",
    incorrect_number: "卡号不正确。请检查后重试。",
    insufficient_funds: "您的银行卡余额不足。未发生扣款。请换一张卡再试。",
    invalid_expiry: "请按月/年填写有效期，例如 12/34。",
    invalid_iban: "IBAN 不正确。请检查后重试。",
    missing_number: "请输入卡号。",
    not_a_test_card: "此页面只接受测试卡。请勿在此输入真实卡号。",
    processing_error: "银行卡处理失败。未发生扣款。请稍后再试。",
  },
};

const ru: Wording = {
  title: "Оплатить {amount}",
  pay: "Оплатить {amount}",
  testNote:
    "Только тестовые платежи – настоящие деньги не списываются. Никогда не вводите номер настоящей карты.",
  paidFor: "За что вы платите",
  times: "{count} ×",
  total: "Итого",
  cardHeading: "Оплата картой",
  email: "Эл. почта для чека (необязательно)",
  cardNumber: "Номер карты",
  expiry: "Срок действия (ММ/ГГ)",
  cvc: "Код безопасности",
  debitHeading: "Прямое дебетование SEPA",
  iban: "IBAN",
  ibanHint: "Тестовый счёт:",
  payByDebit: "Оплатить {amount} прямым дебетованием",
  back: "Отменить и вернуться",
  testCards: "Тестовые карты",
  testCardList:
    "Оплата проходит: 4242 4242 4242 4242. Отказ: 4000 0000 0000 0002. С проверкой банка: 4000 0025 0000 3155.",
  bankHeading: "Подтвердите в банке",
  bankText: "Ваш банк просит подтвердить платёж на сумму {amount}.",
  authorize: "Подтвердить",
  fail: "Отказать",
  expiredHeading: "Срок действия страницы оплаты истёк",
  expiredText: "Ничего не списано. Вернитесь и начните оплату заново.",
  unknownHeading: "Такой страницы оплаты нет",
  unknownText: "Проверьте адрес или вернитесь и начните оплату заново.",
  errors: {
    declined: "Карта отклонена. Ничего не списано. Попробуйте другую карту.",
    authentication:
      "Платёж не подтверждён в банке. Ничего не списано. Попробуйте ещё раз или возьмите другую карту.",
    expired_card: "Срок действия карты истёк. Попробуйте другую карту.",
    incorrect_cvc: "Неверный код безопасности. Проверьте его и попробуйте ещё раз.",
    incorrect_number: "Неверный номер карты. Проверьте его и попробуйте ещё раз.",
    insufficient_funds: "На карте недостаточно средств. Ничего не списано. Попробуйте другую карту.",
    invalid_expiry: "Укажите срок действия как месяц и год, например 12/34.",
    invalid_iban: "Неверный IBAN. Проверьте его и попробуйте ещё раз.",
    missing_number: "Введите номер карты.",
    not_a_test_card:
      "Эта страница принимает только тестовые карты. Никогда не вводите здесь номер настоящей карты.",
    processing_error: "Не удалось обработать карту. Ничего не списано. Попробуйте чуть позже.",
  },
};

const ar: Wording = {
  title: "ادفع {amount}",
  pay: "ادفع {amount}",
  testNote: "مدفوعات تجريبية فقط – لا تُحوَّل أموال حقيقية. لا تُدخل أبدًا رقم بطاقة حقيقية.",
  paidFor: "ما الذي تدفع ثمنه",
  times: "{count} ×",
  total: "المجموع",
  cardHeading: "الدفع بالبطاقة",
  email: "البريد الإلكتروني للإيصال (اختياري)",
  cardNumber: "رقم البطاقة",
  expiry: "تاريخ الانتهاء (شهر/سنة)",
  cvc: "رمز الأمان",
  debitHeading: "الدفع بالخصم المباشر SEPA",
  iban: "رقم IBAN",
  ibanHint: "حساب تجريبي:",
  payByDebit: "ادفع {amount} بالخصم المباشر",
  back: "إلغاء والعودة",
  testCards: "بطاقات تجريبية",
  testCardList:
    "تُقبل: 4242 4242 4242 4242. تُرفض: 4000 0000 0000 0002. تطلب تأكيد البنك: 4000 0025 0000 3155.",
  bankHeading: "أكّد لدى بنكك",
  bankText: "يطلب منك بنكك تأكيد دفع {amount}.",
  authorize: "تأكيد",
  fail: "رفض",
  expiredHeading: "انتهت صلاحية صفحة الدفع هذه",
  expiredText: "لم يُخصم أي مبلغ. عُد وابدأ الدفع من جديد.",
  unknownHeading: "لا توجد صفحة دفع بهذا العنوان",
  unknownText: "تحقق من العنوان، أو عُد وابدأ الدفع من جديد.",
  errors: {
    declined: "رُفضت بطاقتك. لم يُخصم أي مبلغ. جرّب بطاقة أخرى.",
    authentication: "لم يُؤكَّد الدفع لدى بنكك. لم يُخصم أي مبلغ. حاول مرة أخرى أو استخدم بطاقة أخرى.",
    expired_card: "انتهت صلاحية بطاقتك. جرّب بطاقة أخرى.",
    incorrect_cvc: "رمز الأمان غير صحيح. تحقق منه وحاول مرة أخرى.",
    incorrect_number: "رقم البطاقة غير صحيح. تحقق منه وحاول مرة أخرى.",
    insufficient_funds: "رصيد بطاقتك غير كافٍ. لم يُخصم أي مبلغ. جرّب بطاقة أخرى.",
    invalid_expiry: "اكتب تاريخ الانتهاء بالشهر والسنة، مثل 12/34.",
    invalid_iban: "رقم IBAN غير صحيح. تحقق منه وحاول مرة أخرى.",
    missing_number: "أدخل رقم البطاقة.",
    not_a_test_card: "تقبل هذه الصفحة البطاقات التجريبية فقط. لا تُدخل هنا رقم بطاقة حقيقية أبدًا.",
    processing_error: "تعذّرت معالجة البطاقة. لم يُخصم أي مبلغ. حاول بعد قليل.",
  },
};

const wordings: Record<Language, Wording> = { ar, de, en, ru, zh };

export const wordingIn = (language: Language): Wording => wordings[language];

/** The page's language: the session's own, else the first one the browser asks for that we speak. */
export function languageOf(locale: string | null, acceptLanguage: string | undefined): Language {
  const browser = (acceptLanguage ?? "").split(",").map((part) => part.trim());
  const wishes = locale === null || locale === "auto" ? browser : [locale];
  for (const wish of wishes) {
    const language = wish.slice(0, 2).toLowerCase();
    if (language in wordings) return language as Language;
  }
  return "en";
}
