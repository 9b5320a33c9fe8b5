import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameForMail } from "@/lib/cases/invitation";

describe("a name in a mail to an address somebody typed", () => {
  it("is the name of a person, in any script", () => {
    for (const name of [
      ...[
        "Amal Haddad",
        "J. R. Smith",
        "Zoë O’Neill-Núñez",
        "محمد بن علي الهاشمي",
        "王小明",
        "Abd-al-Rahman ibn Khalid",
      ],
      ...["Dr. Amal Haddad", "Prof. Dr. J. Th. Weber", "Ma. Cristina Reyes", "د. أمل حداد", "Sam Haddad Jr."],
      ...["علی\u200cرضا محمدی", "ジョン・スミス", "Gal·la Puig", "Silvia Oliva"],
    ])
      expect(nameForMail(name)).toBe(name);
    expect(nameForMail("  Amal \n Haddad ")).toBe("Amal Haddad");
  });

  it("is nothing where it could be a link, a number, an address or a sentence", () => {
    for (const name of [
      "evil.example",
      "Amal www.evil.example",
      "http://evil",
      "me@evil",
      "Call +49 30 1234",
      "Amal <b>",
      "Pay now!",
      "{acts}",
      "a".repeat(61),
      "",
    ])
      expect(nameForMail(name)).toBeNull();
  });

  it("is no sentence of its own, with or without points", () => {
    for (const name of [
      "Your payment failed - open the link and pay now",
      "Your payment failed open the link",
      "Your-payment-failed-open-the-link-and-pay",
      "Your・payment・failed・open・the・link",
      "Payment failed - open",
      "Payment failed- open",
      "Dear customer. Your refund waits. Open the link",
      "Dear customer. Pay now",
      "عزيزي المريض. ادفع الآن",
      "فشل الدفع افتح الرابط وادفع الآن",
      "Pay now .",
      "Open the link.",
    ])
      expect(nameForMail(name), name).toBeNull();
  });

  it("is not our own name, however it is written", () => {
    for (const name of [
      "Valvia Support",
      "VALVIA",
      "V a l v i a",
      "Vál-via Team",
      "Val\u200cvia",
      "Team Ｖａｌｖｉａ",
      "My valvia",
    ])
      expect(nameForMail(name), name).toBeNull();
  });

  it("is nothing where nobody would see it, or not all of it", () => {
    for (const name of [
      "\u3164",
      "\u115f",
      "A\u3164B",
      "Amal\ufe0f",
      "A\u034fB",
      "A\u00adB",
      "\u200cA",
      "A\u200c",
      "A \u200cB",
      "A・",
      "・A",
    ])
      expect(nameForMail(name), JSON.stringify(name)).toBeNull();
  });

  it("never has more words than names have, whatever stands between them", () => {
    const word = fc.stringMatching(/^[a-z]{2,6}$/);
    const gap = fc.constantFrom(" ", ". ", " - ", "・", " · ");
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap), { minLength: 6, maxLength: 8 }), (words) => {
        expect(nameForMail(words.flat().slice(0, -1).join(""))).toBeNull();
      }),
    );
  });

  it("never carries a sign that is not drawn but the joiner inside a word", () => {
    const sign = fc.constantFrom(
      "a",
      "م",
      " ",
      ".",
      "-",
      "・",
      "\u200c",
      "\u200d",
      "\u3164",
      "\ufe0f",
      "\u00ad",
      "\u2060",
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
        const carried = nameForMail(signs.join("")) ?? "";
        expect(carried.replaceAll(/(?<=\p{L})\u200c(?=\p{L})/gu, "")).not.toMatch(
          /\p{Default_Ignorable_Code_Point}| -|- /u,
        );
      }),
    );
  });

  it("never carries what a mail reader makes a link of, or a turn of direction", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(nameForMail(name) ?? "").not.toMatch(/[\d/:@<>{}\u202a-\u202e\u2066-\u2069]|\.\p{L}{2}/u);
      }),
    );
  });
});
