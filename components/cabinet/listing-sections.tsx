import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

export const LISTING_SECTIONS = ["words", "reach", "money", "closed", "proofs"] as const;
type Section = (typeof LISTING_SECTIONS)[number];

/** One part of the listing under its own heading, which the index leads to. */
export function ListingSection({ id, children }: { id: Section; children: ReactNode }) {
  const t = useTranslations("cabinet.listing.sections");
  return (
    <section aria-labelledby={id} className="space-y-gap-m border-t border-line pt-gap-m">
      <h2 id={id} className="scroll-mt-4 text-lg">
        {t(id)}
      </h2>
      {children}
    </section>
  );
}

/** What a listing is made of: the sections of this page, and the parts that have pages of their own. */
export function ListingIndex() {
  const t = useTranslations("cabinet.listing");
  const areas = useTranslations("areas.cabinet");
  const base = `/${useLocale()}/cabinet`;
  return (
    <nav aria-label={t("sections.label")} className="xl:sticky xl:top-4 xl:self-start">
      <ul className="flex flex-wrap gap-x-gap-m xl:flex-col xl:border-s xl:border-line xl:ps-gap">
        {LISTING_SECTIONS.map((id) => (
          <li key={id}>
            <a className="link inline-flex min-h-control items-center" href={`#${id}`}>
              {t(`sections.${id}`)}
            </a>
          </li>
        ))}
      </ul>
      <p className="mt-gap-m text-sm text-ink-soft xl:ps-gap">{t("sections.also")}</p>
      <ul className="flex flex-wrap gap-x-gap-m xl:flex-col xl:ps-gap">
        {(["prices", "doctors", "results"] as const).map((page) => (
          <li key={page} className="flex min-h-control items-center">
            <TextLink href={`${base}/${page}`}>{areas(page)}</TextLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
