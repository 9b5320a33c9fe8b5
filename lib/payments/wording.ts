import english from "@/locales/en/payments.json";
import arabic from "@/locales/ar/payments.json";

const CATALOGUES: Record<string, { product: Partial<typeof english.product> }> = { en: english, ar: arabic };

/** What the payment page and the card statement call an instalment: never a word about health. */
export function productName(kind: string, bookingNumber: string, locale: string): string {
  const key = kind === "deposit" ? "deposit" : "balance";
  const words = CATALOGUES[locale]?.product[key] ?? english.product[key];
  return words.replace("{number}", bookingNumber);
}
