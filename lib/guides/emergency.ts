/** One country and the numbers that bring an ambulance there, the usual one first. */
export interface EmergencyNumber {
  /** ISO 3166-1 alpha-2. */
  country: string;
  ambulance: readonly string[];
}

/** The day the list was written, from general knowledge. No person has checked it: the page says so. */
export const EMERGENCY_WRITTEN_ON = "2026-11-21";

const EUROPEAN_112 =
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MD MT NL NO PL PT RO SE SI SK TR";

const OWN: readonly EmergencyNumber[] = [
  { country: "AE", ambulance: ["998", "999"] },
  { country: "AM", ambulance: ["103", "112"] },
  { country: "AU", ambulance: ["000", "112"] },
  { country: "AZ", ambulance: ["103", "112"] },
  { country: "BD", ambulance: ["999"] },
  { country: "BH", ambulance: ["999"] },
  { country: "BR", ambulance: ["192"] },
  { country: "BY", ambulance: ["103"] },
  { country: "CA", ambulance: ["911"] },
  { country: "CH", ambulance: ["144", "112"] },
  { country: "CN", ambulance: ["120"] },
  { country: "DZ", ambulance: ["14"] },
  { country: "EG", ambulance: ["123"] },
  { country: "GB", ambulance: ["999", "112"] },
  { country: "GE", ambulance: ["112"] },
  { country: "HK", ambulance: ["999"] },
  { country: "IL", ambulance: ["101"] },
  { country: "IN", ambulance: ["112", "108"] },
  { country: "IQ", ambulance: ["122"] },
  { country: "IR", ambulance: ["115"] },
  { country: "JO", ambulance: ["911"] },
  { country: "JP", ambulance: ["119"] },
  { country: "KG", ambulance: ["103"] },
  { country: "KR", ambulance: ["119"] },
  { country: "KW", ambulance: ["112"] },
  { country: "KZ", ambulance: ["103", "112"] },
  { country: "LB", ambulance: ["140"] },
  { country: "LK", ambulance: ["1990"] },
  { country: "MA", ambulance: ["150", "15"] },
  { country: "MX", ambulance: ["911"] },
  { country: "MY", ambulance: ["999"] },
  { country: "NZ", ambulance: ["111"] },
  { country: "OM", ambulance: ["9999"] },
  { country: "PH", ambulance: ["911"] },
  { country: "PK", ambulance: ["1122", "115"] },
  { country: "QA", ambulance: ["999"] },
  { country: "RS", ambulance: ["194", "112"] },
  { country: "RU", ambulance: ["103", "112"] },
  { country: "SA", ambulance: ["997", "911"] },
  { country: "SG", ambulance: ["995"] },
  { country: "TH", ambulance: ["1669"] },
  { country: "TJ", ambulance: ["103"] },
  { country: "TN", ambulance: ["190"] },
  { country: "TW", ambulance: ["119"] },
  { country: "UA", ambulance: ["103", "112"] },
  { country: "US", ambulance: ["911"] },
  { country: "UZ", ambulance: ["103"] },
  { country: "VN", ambulance: ["115"] },
  { country: "ZA", ambulance: ["10177", "112"] },
];

export const EMERGENCY_NUMBERS: readonly EmergencyNumber[] = [
  ...EUROPEAN_112.split(" ").map((country) => ({ country, ambulance: ["112"] })),
  ...OWN,
].toSorted((a, b) => a.country.localeCompare(b.country));

/** The numbers of the country where a person says they are; null where the list knows none. */
export function emergencyNumbersOf(country: string): readonly string[] | null {
  const code = country.toUpperCase();
  return EMERGENCY_NUMBERS.find((entry) => entry.country === code)?.ambulance ?? null;
}
