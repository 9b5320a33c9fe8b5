import { z } from "zod";
import { DEVICES } from "@/lib/guides/device";
import { ACCESS_ROUTES, TREATMENTS } from "@/lib/guides/treatment";
import { isDay } from "@/lib/kernel/day";
import { CURRENCIES, exponentOf } from "@/lib/kernel/money";
import { SEARCH_SORTS, searchKeyOf } from "../search";

/** Text a person typed: no zero byte, which PostgreSQL refuses, and never longer than said. */
export function typedText(charsMax: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(charsMax)
    .refine((text) => !text.includes("\u0000"), "A zero byte is not text.");
}

export const dayField = z.string().refine(isDay, "A day is written 2026-05-04.");

/** A filter left empty in a form is no filter. */
function chosen<S extends z.ZodType>(schema: S) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
}

const currencyField = z
  .string()
  .transform((code) => code.toUpperCase())
  .pipe(z.enum(CURRENCIES));

export const searchForm = z.object({
  q: chosen(typedText(200)),
  treatment: chosen(z.enum(TREATMENTS)),
  device: chosen(z.enum(DEVICES)),
  access: chosen(z.enum(ACCESS_ROUTES)),
  country: chosen(typedText(60).transform((code) => code.toUpperCase())),
  language: chosen(typedText(20).transform((code) => code.toLowerCase())),
  accreditation: chosen(typedText(60)),
  maxPrice: chosen(z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)),
  currency: chosen(currencyField),
  from: chosen(dayField),
  sort: z.preprocess((value) => (value === "" ? undefined : value), z.enum(SEARCH_SORTS).default("ranking")),
  limit: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(1).max(100).default(24),
  ),
  cursor: chosen(
    z
      .string()
      .max(200)
      .refine((text) => searchKeyOf(text) !== null, "This is not a cursor of this list."),
  ),
});

export type SearchForm = z.output<typeof searchForm>;

/** Fields of an address that the list understands; `budget` is what people type: whole units of their currency. */
export function readSearch(address: Record<string, string | string[] | undefined>): {
  form: SearchForm;
  ignored: string[];
} {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(address)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) given[name] = first;
  }
  const budget = given.budget?.trim();
  if (budget && /^\d{1,12}$/.test(budget)) {
    const currency = currencyField.safeParse(given.currency || "EUR");
    given.maxPrice = String(Number(budget) * 10 ** exponentOf(currency.success ? currency.data : "EUR"));
  }
  const ignored = budget && !/^\d{1,12}$/.test(budget) ? ["budget"] : [];
  const parsed = searchForm.safeParse(given);
  if (parsed.success) return { form: parsed.data, ignored };
  // One field nobody understands must not hide the whole list.
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0]);
    delete given[name];
    ignored.push(name);
  }
  return { form: searchForm.parse(given), ignored: [...new Set(ignored)] };
}
