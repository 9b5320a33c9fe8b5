import { useLocale, useTranslations } from "next-intl";
import { OutcomeForm } from "@/components/cabinet/outcome-form";
import { RemoveForm } from "@/components/cabinet/remove-form";
import { TreatmentWords } from "@/components/desk/step-words";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormAction } from "@/components/ui/form-state";
import { formatNumber } from "@/components/ui/format";
import type { OutcomeLine } from "@/lib/clinics/forms/listing";
import { metricOf, outcomeKey } from "@/lib/clinics/outcome";

interface OutcomeListProps {
  lines: readonly OutcomeLine[];
  save: FormAction;
  remove: (key: string) => FormAction;
}

/** The results of a centre, each with its number of patients, year and source, each unfolding into its form. */
export function OutcomeList({ lines, save, remove }: OutcomeListProps) {
  const t = useTranslations("cabinet.results");
  const metrics = useTranslations("clinics.metric");
  const locale = useLocale();
  if (lines.length === 0) return <EmptyState title={t("none")}>{t("noneLead")}</EmptyState>;
  return (
    <ul className="max-w-4xl divide-y divide-line border-y border-line">
      {lines.map((line) => (
        <li key={outcomeKey(line)}>
          <details>
            <summary className="min-h-control py-gap">
              <span className="link">
                <TreatmentWords slug={line.treatment} /> · {metrics(metricOf(line.metric))} · {line.year}
              </span>{" "}
              <span className="text-sm text-ink-soft">
                {t("line", {
                  value: formatNumber(line.value, locale),
                  unit: t(`units.${line.unit}`),
                  n: line.n,
                })}{" "}
                · <bdi>{line.source}</bdi>
              </span>
            </summary>
            <div className="space-y-gap pb-gap-m">
              <OutcomeForm line={line} action={save} />
              <RemoveForm title={t("remove")} label={t("remove")} action={remove(outcomeKey(line))} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
