import { useTranslations } from "next-intl";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { formatCountry, formatList } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { PlainLink, PlainLinkButton } from "@/components/ui/plain-link";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { CityScene } from "./city-scene";
import { ClinicSections } from "./clinic-sections";
import { FactsColumn } from "./facts-column";

/** A centre on one page: the facts as a label at the side, the prices first, then results, people and money. */
export function ClinicPage({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic");
  return (
    <article>
      <PageHeader
        above={
          <Breadcrumbs label={t("way")} crumbs={[{ href: `/${locale}/clinics`, label: t("centres") }]} />
        }
        title={clinic.name}
        lead={<Lead clinic={clinic} locale={locale} />}
        act={<CityScene slug={clinic.slug} locale={locale} className="max-w-56 sm:max-w-84" />}
      />
      <PageLinks />
      <div className="grid gap-gap-l lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-gap-xl">
        <aside className="space-y-gap lg:order-2">
          <FactsColumn clinic={clinic} locale={locale} />
          <PlainLinkButton href={`/${locale}/compare?c=${clinic.slug}`} className="w-full">
            {t("compare")}
          </PlainLinkButton>
        </aside>
        <ClinicSections clinic={clinic} locale={locale} />
      </div>
      <NextStep clinic={clinic} locale={locale} />
    </article>
  );
}

function Lead({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic");
  return (
    <div className="space-y-gap">
      <p>
        <PlainLink href={`/${locale}/countries/${clinic.country}`}>
          {formatList([clinic.city, formatCountry(clinic.country, locale)], locale)}
        </PlainLink>
      </p>
      <p dir="auto" className="text-ink">
        {clinic.summary}
      </p>
      <div className="space-y-1">
        <PlainLinkButton href={`/${locale}/start?clinic=${clinic.slug}`} look="primary">
          {t("start")}
        </PlainLinkButton>
        <p className="text-sm">{t("startHint")}</p>
      </div>
    </div>
  );
}

const PARTS = ["prices", "results", "team", "money", "place"] as const;

/** A long page begins with what is on it. */
function PageLinks() {
  const t = useTranslations("clinics.clinic");
  return (
    <nav aria-label={t("onPage")} className="no-print mb-gap-l border-y border-line">
      <ul className="flex flex-wrap gap-x-gap-m text-base">
        {PARTS.map((part) => (
          <li key={part}>
            <a href={`#${part}`} className="link inline-flex min-h-11 items-center">
              {t(`parts.${part}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** On a phone the next step stays within reach of the thumb. */
function NextStep({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic");
  return (
    <div className="no-print sticky bottom-0 z-10 -mx-4 mt-gap-l flex items-center justify-between gap-gap border-t border-line bg-paper px-4 py-2 md:hidden">
      <a href="#prices" className="link inline-flex min-h-11 items-center">
        {t("parts.prices")}
      </a>
      <PlainLinkButton href={`/${locale}/start?clinic=${clinic.slug}`} look="primary">
        {t("startShort")}
      </PlainLinkButton>
    </div>
  );
}
