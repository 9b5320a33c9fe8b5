import { useTranslations } from "next-intl";
import { GuidePart } from "@/components/guides/guide-part";
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
      <GuidePart id="prices" title={t("prices.title")} lead={t("prices.lead")}>
        <ProcedurePrices procedures={clinic.procedures} locale={locale} />
      </GuidePart>
      <GuidePart id="results" title={t("outcomes.title")} lead={t("outcomes.lead")}>
        <OutcomeTables outcomes={clinic.outcomes} />
      </GuidePart>
      <GuidePart id="team" title={t("team.title")}>
        <DoctorCards doctors={clinic.doctors} locale={locale} />
      </GuidePart>
      <GuidePart id="money" title={t("money.title")}>
        <MoneyTerms payment={clinic.payment} locale={locale} />
      </GuidePart>
      <GuidePart id="place" title={t("place.title")}>
        <p dir="auto">{clinic.address}</p>
        <a className="link" href={map} rel="noreferrer">
          {t("place.map")}
        </a>
      </GuidePart>
    </div>
  );
}
