export type ConsentPurpose = "health_intake" | "triage" | "share_with_clinic";

export interface ConsentText {
  purpose: ConsentPurpose;
  version: string;
  language: string;
  body: string;
}

/**
 * The wordings the product is delivered with. The words of a version never change: who agreed, agreed to these.
 * A deployment adds its own versions, and other languages, to the table of consent texts.
 */
export const CONSENT_TEXTS: readonly ConsentText[] = [
  {
    purpose: "health_intake",
    version: "1",
    language: "en",
    body: [
      "I agree that the operator of this portal stores what I write here about my health, so that I can prepare a request for treatment.",
      "Only I can read it until I send the request. If I never send it, it is erased after 30 days.",
      "I can take this back at any time. What was done before stays lawful.",
    ].join("\n\n"),
  },
  {
    purpose: "triage",
    version: "1",
    language: "en",
    body: [
      "I agree that coordinators of the operator read my answers and my records to find out which treatment centres can judge them and what is still missing.",
      "They do not diagnose, and they do not send anything to a centre: for each centre I am asked separately.",
      "Every time somebody opens my case it is written down, and I can see who it was. I can take this back at any time.",
    ].join("\n\n"),
  },
  {
    purpose: "share_with_clinic",
    version: "1",
    language: "en",
    body: [
      "I agree that my answers and my accepted records are shown to the treatment centre named here, in the country named here, so that its doctors can say whether and how they would treat me.",
      "The law that protects my data there may be weaker than where I live. The centre may not use my records for anything else.",
      "I can take this back at any time for this centre alone. From that moment it can open nothing of mine; what its doctors wrote down before, the law of their country may oblige them to keep.",
    ].join("\n\n"),
  },
];

/** The version of a purpose that is asked for now: the last one of the list. */
export function currentConsentText(purpose: ConsentPurpose): ConsentText {
  const found = CONSENT_TEXTS.findLast((text) => text.purpose === purpose && text.language === "en");
  if (!found) throw new Error(`No wording asks for consent to ${purpose}.`);
  return found;
}

export function consentTextOf(
  purpose: ConsentPurpose,
  version: string,
  language: string,
): ConsentText | null {
  const texts = CONSENT_TEXTS.filter((text) => text.purpose === purpose && text.version === version);
  return (
    texts.find((text) => text.language === language) ?? texts.find((text) => text.language === "en") ?? null
  );
}
