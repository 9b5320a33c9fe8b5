import type { Currency } from "@/lib/kernel/money";

/** Countries with treatment centres and a page of their own. */
export const COUNTRIES = ["DE", "CN", "TR", "IN", "KR", "IL", "ES", "TH", "MY", "PL", "CZ", "AE"] as const;

export type CountryCode = (typeof COUNTRIES)[number];

export interface CountryFacts {
  code: CountryCode;
  currency: Currency;
  /** Languages a patient meets in hospitals, by code. */
  languages: readonly string[];
  /** Whether a commission from clinics to the operator is void there by law. */
  commissionVoid: boolean;
  /** The day the entry texts were written, from general knowledge; older than 180 days they are marked as old. */
  writtenOn: string;
}

const WRITTEN_ON = "2026-10-15";

const FACTS: Readonly<Record<CountryCode, Omit<CountryFacts, "code" | "writtenOn">>> = {
  DE: { currency: "EUR", languages: ["de", "en"], commissionVoid: true },
  CN: { currency: "CNY", languages: ["zh", "en"], commissionVoid: false },
  TR: { currency: "TRY", languages: ["tr", "en"], commissionVoid: false },
  IN: { currency: "INR", languages: ["en", "hi"], commissionVoid: false },
  KR: { currency: "KRW", languages: ["ko", "en"], commissionVoid: false },
  IL: { currency: "ILS", languages: ["he", "ar", "en", "ru"], commissionVoid: false },
  ES: { currency: "EUR", languages: ["es", "en"], commissionVoid: false },
  TH: { currency: "THB", languages: ["th", "en"], commissionVoid: false },
  MY: { currency: "MYR", languages: ["ms", "en", "zh"], commissionVoid: false },
  PL: { currency: "PLN", languages: ["pl", "en"], commissionVoid: false },
  CZ: { currency: "CZK", languages: ["cs", "en"], commissionVoid: false },
  AE: { currency: "AED", languages: ["ar", "en"], commissionVoid: false },
};

export function isGuideCountry(text: string): text is CountryCode {
  return COUNTRIES.some((code) => code === text);
}

export function countryFacts(code: CountryCode): CountryFacts {
  return { code, writtenOn: WRITTEN_ON, ...FACTS[code] };
}
