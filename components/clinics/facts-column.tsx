import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FactsLabel } from "@/components/ui/facts";
import { formatDay, formatLanguage, formatList } from "@/components/ui/format";
import { RANKING_FULL } from "@/lib/clinics/ranking";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { useFacetName } from "./facet-name";

interface Fact {
  term: ReactNode;
  value: ReactNode;
  source?: ReactNode;
}

/** The column that reads like a label: each number with its year and source. */
export function FactsColumn({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic.label");
  const departments = useTranslations("clinics.department");
  const facts: Fact[] = [
    ...useVolumes(clinic),
    answerFact(clinic, t),
    {
      term: t("free"),
      value: clinic.nextFreeDays.slice(0, 3).map((day) => (
        <span key={day} className="block">
          {formatDay(day, locale)}
        </span>
      )),
    },
    {
      term: t("languages"),
      value: formatList(
        clinic.languages.map((code) => formatLanguage(code, locale)),
        locale,
      ),
    },
    {
      term: t("departments"),
      value: formatList(
        clinic.departments.map((code) => nameOf(code, departments)),
        locale,
      ),
    },
    {
      term: t("hours"),
      value: <bdi>{clinic.officeHours}</bdi>,
      source: t("zone", { zone: clinic.timeZone }),
    },
    {
      term: t("licence"),
      value: clinic.licence.number,
      source: t(clinic.licence.expired ? "licenceExpired" : "licenceSource", {
        authority: clinic.licence.authority,
        day: formatDay(clinic.licence.validUntil, locale),
      }),
    },
  ];
  return <FactsLabel heading={t("title")} facts={facts.map(withNone(t("noFree")))} />;
}

function withNone(none: string) {
  return (fact: Fact): Fact =>
    Array.isArray(fact.value) && fact.value.length === 0 ? { ...fact, value: none } : fact;
}

/** Procedures of one treatment with several devices are added up: a patient asks how often, not with what. */
function useVolumes(clinic: ClinicFacts): Fact[] {
  const t = useTranslations("clinics.clinic.label");
  const nameOf = useFacetName();
  const treatments = [...new Set(clinic.procedures.map((procedure) => procedure.treatment))];
  const lines = treatments.flatMap((treatment) => {
    const counted = clinic.procedures.filter((one) => one.treatment === treatment && one.volume !== null);
    const [first] = counted;
    if (!first) return [];
    const total = counted.reduce((sum, one) => sum + (one.volume ?? 0), 0);
    return [{ term: nameOf("treatment", treatment), value: total, source: first.volumeSource }];
  });
  return lines.length === 0 ? [] : [{ term: <strong>{t("volumes")}</strong>, value: "" }, ...lines];
}

function answerFact(
  clinic: ClinicFacts,
  t: ReturnType<typeof useTranslations<"clinics.clinic.label">>,
): Fact {
  const { hours, measuredOn } = clinic.answer;
  if (hours === null || measuredOn < RANKING_FULL.answersLeast) {
    return { term: t("answer"), value: t("answerFew"), source: t("answerFewSource") };
  }
  return {
    term: t("answer"),
    value: t("answerValue", { hours }),
    source: t("answerSource", { count: measuredOn }),
  };
}

function nameOf(code: string, t: ReturnType<typeof useTranslations<"clinics.department">>): string {
  return code === "cardiology" || code === "cardiac_surgery" || code === "heart_team" ? t(code) : code;
}
