import type { MoneyView } from "@/lib/kernel/money";

/** Listed prices of one treatment in one country, in the visitor's currency. */
export interface CountryPrice {
  treatment: string;
  country: string;
  centres: number;
  low: MoneyView;
  expected: MoneyView;
  high: MoneyView;
}

export interface PriceTable {
  rows: CountryPrice[];
  currency: string;
  rate: { source: string; at: string };
}
