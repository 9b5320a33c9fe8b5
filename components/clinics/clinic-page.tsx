import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { formatCountry, formatList } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { PlainLink, PlainLinkButton } from "@/components/ui/plain-link";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { CityScene } from "./city-scene";
import { DoctorCards } from "./doctor-cards";
import { FactsColumn } from "./facts-column";
import { MoneyTerms } from "./money-terms";
import { OutcomeTables } from "./outcome-tables";
import { ProcedurePrices } from "./procedure-prices";
import { ProofList } from "./proof-list";

/** A centre on one page: the facts as a label at the side, the prices first, then results, people, proofs and money. */
export function ClinicPage({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic");
  return (
    <article>
      <PageHeader
        above={
          <Breadcrumbs label={t("way")} crumbs={[{ href: `/${locale}/clinics`, label: t("centres") }]} />
        }
        title={clinic.name}
        lead={
          <>
            <p>
              <PlainLink href={`/${locale}/countries/${clinic.country}`}>
                {formatList([clinic.city, formatCountry(clinic.country, locale)], locale)}
              </PlainLink>
            </p>
            <p dir="auto" className="mt-2 text-ink">
              {clinic.summary}
            </p>
          </>
        }
        act={<StartAct clinic={clinic} locale={locale} />}
      />
      <div className="grid gap-gap-l lg:grid-cols-[1fr_21rem]">
        <aside className="space-y-gap lg:order-2">
          <CityScene slug={clinic.slug} city={clinic.city} country={clinic.country} className="max-w-80" />
          <FactsColumn clinic={clinic} locale={locale} />
          <PlainLinkButton href={`/${locale}/compare?c=${clinic.slug}`} className="w-full">
            {t("compare")}
          </PlainLinkButton>
        </aside>
        <ClinicSections clinic={clinic} locale={locale} />
      </div>
    </article>
  );
}

function StartAct({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic");
  return (
    <div className="max-w-72 space-y-1">
      <PlainLinkButton href={`/${locale}/start?clinic=${clinic.slug}`} look="primary">
        {t("start")}
      </PlainLinkButton>
      <p className="text-sm text-ink-soft">{t("startHint")}</p>
    </div>
  );
}

function ClinicSections({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic");
  const map = `https://www.openstreetmap.org/?mlat=${clinic.latitude}&mlon=${clinic.longitude}#map=15/${clinic.latitude}/${clinic.longitude}`;
  return (
    <div className="min-w-0 space-y-gap-l">
      <Part id="prices" title={t("prices.title")} lead={t("prices.lead")}>
        <ProcedurePrices procedures={clinic.procedures} locale={locale} />
      </Part>
      <Part id="results" title={t("outcomes.title")} lead={t("outcomes.lead")}>
        <OutcomeTables outcomes={clinic.outcomes} />
      </Part>
      <Part id="team" title={t("team.title")}>
        <DoctorCards doctors={clinic.doctors} locale={locale} />
      </Part>
      <Part id="proofs" title={t("proofs.title")} lead={t("proofs.lead")}>
        <ProofList proofs={clinic.accreditations} locale={locale} />
      </Part>
      <Part id="money" title={t("money.title")}>
        <MoneyTerms payment={clinic.payment} locale={locale} />
      </Part>
      <Part id="place" title={t("place.title")}>
        <p>{clinic.address}</p>
        <a className="link" href={map} rel="noreferrer">
          {t("place.map")}
        </a>
      </Part>
    </div>
  );
}

interface PartProps {
  id: string;
  title: string;
  lead?: string;
  children: ReactNode;
}

function Part({ id, title, lead, children }: PartProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="mb-2 text-xl">
        {title}
      </h2>
      {lead === undefined ? null : <p className="mb-gap max-w-prose text-ink-soft">{lead}</p>}
      {children}
    </section>
  );
}
