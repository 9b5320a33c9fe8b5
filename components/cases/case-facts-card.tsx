import { useTranslations } from "next-intl";
import { FactsLabel } from "@/components/ui/facts";
import { formatCountry, formatDay } from "@/components/ui/format";
import type { CaseView } from "@/lib/cases/views";

/** What the patient told us, as a label of facts. */
export function CaseFactsCard({ view, locale }: { view: CaseView; locale: string }) {
  const t = useTranslations("my.overview");
  const treatments = useTranslations("treatments");
  const owner = view.owner.name ?? t("onCall");
  const facts = [
    { term: t("treatment"), value: treatments((view.treatment ?? "not-sure") as "not-sure") },
    { term: t("problem"), value: view.problem ?? "–", prose: true },
    { term: t("country"), value: view.contact.country ? formatCountry(view.contact.country, locale) : "–" },
    { term: t("birthOn"), value: view.birthOn ? formatDay(view.birthOn, locale) : "–" },
    { term: t("owner"), value: <bdi>{owner}</bdi> },
  ];
  return <FactsLabel heading={t("facts")} facts={facts} />;
}
