import { useTranslations } from "next-intl";
import { Table } from "@/components/ui/table";
import { RANKING_FULL, RANKING_WEIGHTS } from "@/lib/clinics/ranking";
import type { RankingPart } from "@/lib/clinics/ranking";

const PARTS: readonly RankingPart[] = ["volume", "outcomes", "answers", "prices", "certificates"];

/** What a sentence of the table needs to know; each takes the figures it names. */
const FIGURES = {
  ofOne: RANKING_FULL.volumeOfTreatment,
  ofAll: RANKING_FULL.volumeOfAll,
  outcomes: RANKING_FULL.outcomes,
  years: RANKING_FULL.outcomeYears,
  best: RANKING_FULL.answerHoursBest,
  worst: RANKING_FULL.answerHoursWorst,
  least: RANKING_FULL.answersLeast,
  certificates: RANKING_FULL.certificates,
};

/** The formula of the list, written from its own constants. */
export function RankingTable() {
  const t = useTranslations("trust.rank.in");
  const points = PARTS.reduce((sum, part) => sum + RANKING_WEIGHTS[part], 0);
  return (
    <>
      <p className="mb-gap max-w-prose">{t("lead", { points })}</p>
      <Table<RankingPart>
        caption={t("caption")}
        hideCaption
        stacked
        columns={[
          { key: "part", label: t("part"), cell: (part) => <strong>{t(`parts.${part}.name`)}</strong> },
          { key: "points", label: t("points"), numeric: true, cell: (part) => RANKING_WEIGHTS[part] },
          { key: "full", label: t("full"), cell: (part) => t(`parts.${part}.full`, FIGURES) },
        ]}
        rows={PARTS}
        rowKey={(part) => part}
      />
    </>
  );
}
