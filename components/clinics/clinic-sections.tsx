import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { DoctorCards } from "./doctor-cards";
import { MoneyTerms } from "./money-terms";
import { OutcomeTables } from "./outcome-tables";
import { ProcedurePrices } from "./procedure-prices";

/** What stands beside the label: prices, results, people, money and the place. */
export function ClinicSections({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic");
  const map = `https://www.openstreetmap.org/?mlat=${clinic.latitude}&mlon=${clinic.longitude}#map=15/${clinic.latitude}/${clinic.longitude}`;
  return (
    <div className="min-w-0 space-y-gap-xl">
      <Part id="prices" title={t("prices.title")} lead={t("prices.lead")}>
        <ProcedurePrices procedures={clinic.procedures} locale={locale} />
      </Part>
      <Part id="results" title={t("outcomes.title")} lead={t("outcomes.lead")}>
        <OutcomeTables outcomes={clinic.outcomes} />
      </Part>
      <Part id="team" title={t("team.title")}>
        <DoctorCards doctors={clinic.doctors} locale={locale} />
      </Part>
      <Part id="money" title={t("money.title")}>
        <MoneyTerms payment={clinic.payment} locale={locale} />
      </Part>
      <Part id="place" title={t("place.title")}>
        <p dir="auto">{clinic.address}</p>
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
