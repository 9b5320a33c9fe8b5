import type { ComparedIn } from "./compared-rows";

/** The comparison of these centres, for the same treatment and in the same currency. */
export function compareAddress(
  { locale, treatment, currency }: Pick<ComparedIn, "locale" | "treatment" | "currency">,
  slugs: readonly string[],
): string {
  const chosen = treatment === null ? "" : `&treatment=${treatment}`;
  return `/${locale}/compare?c=${slugs.join(",")}${chosen}&currency=${currency}`;
}
