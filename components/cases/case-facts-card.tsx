import { useTranslations } from "next-intl";
import { FactsLabel } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { formatCountry, formatDay } from "@/components/ui/format";
import type { CaseView } from "@/lib/cases/views";

interface CaseFactsProps {
  view: CaseView;
  /** The name of the centre the patient started from, when it is still to be found. */
  clinic: string | undefined;
  locale: string;
}

/** What the patient told us, as a label of facts. */
export function CaseFactsCard({ view, clinic, locale }: CaseFactsProps) {
  const t = useTranslations("my.overview");
  const treatments = useTranslations("treatments");
  const owner = view.owner.name ?? t("onCall");
  const facts = [
    { term: t("treatment"), value: treatments((view.treatment ?? "not-sure") as "not-sure") },
    ...(clinic === undefined || view.clinic === null
      ? []
      : [
          {
            term: t("clinic"),
            value: (
              <TextLink href={`/${locale}/clinics/${view.clinic}`}>
                <bdi>{clinic}</bdi>
              </TextLink>
            ),
          },
        ]),
    {
      term: t("problem"),
      value: <span className="whitespace-pre-line">{view.problem ?? "–"}</span>,
      prose: true,
    },
    { term: t("country"), value: view.contact.country ? formatCountry(view.contact.country, locale) : "–" },
    { term: t("birthOn"), value: view.birthOn ? formatDay(view.birthOn, locale) : "–" },
    { term: t("owner"), value: <bdi>{owner}</bdi> },
  ];
  return <FactsLabel heading={t("facts")} facts={facts} />;
}
