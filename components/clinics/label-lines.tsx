import { useTranslations } from "next-intl";
import { formatBasisPoints, formatDay, formatLanguage, formatList } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { eventsOf } from "@/lib/clinics/outcome";
import { offersByTreatment, treatmentVolume } from "@/lib/clinics/price-range";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { useFacetName } from "./facet-name";
import type { LabelLine } from "./label-group";

/** How often each treatment was done, each figure with its year and source. */
export function useVolumeLines(clinic: ClinicFacts): LabelLine[] {
  const nameOf = useFacetName();
  return offersByTreatment(clinic.procedures).flatMap(({ treatment, offers }) => {
    const volume = treatmentVolume(offers, treatment);
    if (volume === null) return [];
    const term = nameOf("treatment", treatment);
    return [{ key: treatment, term, value: volume.count, source: dated(volume.source, volume.year) }];
  });
}

/** The number most people look for and few places print: who died, of how many. */
export function useDeathLines(clinic: ClinicFacts, locale: string): LabelLine[] {
  const t = useTranslations("clinics");
  const nameOf = useFacetName();
  return clinic.outcomes
    .filter(({ metric, unit }) => metric.startsWith("death_") && unit === "percent")
    .map(({ treatment, metric, value, n, year, source }) => ({
      key: `${treatment} ${metric} ${year}`,
      term: nameOf("treatment", treatment),
      value: t("clinic.label.ofPatients", { events: eventsOf(value, n), n }),
      source: formatList(
        [
          t(metric === "death_in_hospital" ? "metric.death_in_hospital" : "metric.death_30_days"),
          dated(source, year),
        ],
        locale,
      ),
    }));
}

export function useProofLines(clinic: ClinicFacts, locale: string): LabelLine[] {
  const t = useTranslations("clinics.clinic");
  const until = (day: string, expired: boolean) => (
    <StateTag tone={expired ? "attention" : "good"}>
      {t(expired ? "label.ranOut" : "label.until", { day: formatDay(day, locale) })}
    </StateTag>
  );
  const { licence, accreditations } = clinic;
  return [
    {
      key: "licence",
      term: t("label.licence"),
      value: until(licence.validUntil, licence.expired),
      source: formatList([licence.number, licence.authority], locale),
    },
    ...accreditations.map(({ body, proof, validUntil, expired }) => ({
      key: body,
      term: <bdi>{body}</bdi>,
      value: until(validUntil, expired),
      source: proof,
    })),
    ...(accreditations.length === 0
      ? [{ key: "none", term: t("label.certificates"), sentence: t("proofs.none") }]
      : []),
  ];
}

export function useMoneyLines({ payment }: ClinicFacts, locale: string): LabelLine[] {
  const t = useTranslations("clinics.clinic.money");
  return [
    { key: "relation", term: t("relation"), sentence: payment.moneyRelation },
    { key: "whoHolds", term: t("whoHolds"), sentence: t(payment.treatmentPaidTo) },
    {
      key: "prepayment",
      term: t("prepayment"),
      value: formatBasisPoints(payment.prepaymentPercent * 100, locale),
    },
  ];
}

export function useReachLines(clinic: ClinicFacts, locale: string): LabelLine[] {
  const t = useTranslations("clinics.clinic.label");
  const departments = useTranslations("clinics.department");
  const days = clinic.nextFreeDays.slice(0, 3).map((day) => formatDay(day, locale));
  const languages = clinic.languages.map((code) => formatLanguage(code, locale));
  const rooms = clinic.departments.map((code) =>
    code === "cardiology" || code === "cardiac_surgery" || code === "heart_team" ? departments(code) : code,
  );
  return [
    { key: "free", term: t("free"), sentence: days.length === 0 ? t("noFree") : days.join(" · ") },
    { key: "languages", term: t("languages"), sentence: formatList(languages, locale) },
    { key: "departments", term: t("departments"), sentence: formatList(rooms, locale) },
    {
      key: "hours",
      term: t("hours"),
      sentence: clinic.officeHours,
      source: t("zone", { zone: clinic.timeZone }),
    },
  ];
}

/** A source with its year, which it often names already. */
function dated(source: string | null, year: number | null): string {
  const named = source ?? "";
  return year === null || named.includes(String(year)) ? named : `${year}, ${named}`;
}
