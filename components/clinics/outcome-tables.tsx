import { useTranslations } from "next-intl";
import { Table } from "@/components/ui/table";
import { eventsOf, metricOf } from "@/lib/clinics/outcome";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { useFacetName } from "./facet-name";

type Outcome = ClinicFacts["outcomes"][number];

/** Results as counted patients: "4 of 173 patients", with year and source in the same row. */
export function OutcomeTables({ outcomes }: { outcomes: readonly Outcome[] }) {
  const t = useTranslations("clinics.clinic.outcomes");
  const metric = useTranslations("clinics.metric");
  const nameOf = useFacetName();
  if (outcomes.length === 0) return <p>{t("none")}</p>;
  const treatments = [...new Set(outcomes.map((outcome) => outcome.treatment))];
  const result = ({ value, unit, n }: Outcome) =>
    unit === "percent" ? t("of", { events: eventsOf(value, n), n }) : `${value} ${unit} (n ${n})`;
  return (
    <div className="space-y-gap-m">
      {treatments.map((treatment) => (
        <Table<Outcome>
          key={treatment}
          caption={t("caption", { treatment: nameOf("treatment", treatment) })}
          stacked
          columns={[
            { key: "metric", label: t("metric"), cell: (row) => metric(metricOf(row.metric)) },
            { key: "result", label: t("result"), cell: (row) => <strong>{result(row)}</strong> },
            { key: "year", label: t("year"), cell: (row) => row.year },
            {
              key: "source",
              label: t("source"),
              cell: (row) => <span className="text-sm">{row.source}</span>,
            },
          ]}
          rows={outcomes.filter((outcome) => outcome.treatment === treatment)}
          rowKey={(row) => `${row.metric} ${row.year}`}
        />
      ))}
    </div>
  );
}
