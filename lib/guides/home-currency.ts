import type { Currency } from "@/lib/kernel/money";

const EURO_COUNTRIES =
  "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM XK AD VA".split(" ");

/** Of currencies the portal knows, where people reckon in them. */
const COUNTRIES_OF: Partial<Record<Currency, readonly string[]>> = {
  EUR: EURO_COUNTRIES,
  USD: ["US", "PR", "EC", "SV", "PA"],
  GBP: ["GB"],
  CHF: ["CH", "LI"],
  CNY: ["CN"],
  TRY: ["TR"],
  INR: ["IN"],
  ILS: ["IL", "PS"],
  THB: ["TH"],
  RUB: ["RU"],
  KZT: ["KZ"],
  AED: ["AE"],
  SAR: ["SA"],
  PLN: ["PL"],
  CZK: ["CZ"],
  SEK: ["SE"],
  SGD: ["SG"],
  MYR: ["MY"],
  UAH: ["UA"],
  EGP: ["EG"],
  JPY: ["JP"],
  KRW: ["KR"],
  KWD: ["KW"],
  BHD: ["BH"],
  OMR: ["OM"],
  JOD: ["JO"],
};

/** The currency people of a country reckon in; null where the portal does not know it. */
export function homeCurrency(country: string | null): Currency | null {
  const found = Object.entries(COUNTRIES_OF).find(([, countries]) => countries.includes(country ?? ""));
  return found ? (found[0] as Currency) : null;
}
