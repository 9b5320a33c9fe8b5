import { useLocale, useTranslations } from "next-intl";
import { formatList, formatNumber } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { printedUnit } from "@/lib/records/measure";
import { GUIDELINE_SOURCES } from "@/lib/reviews/guideline";
import type { SeverityView } from "@/lib/reviews/views/severity";

interface SeverityPanelProps {
  /** One a lesion and guideline. */
  severities: readonly SeverityView[];
}

/** What the measured numbers say, lesion by lesion, each guideline in its own line and never as one word for all. */
export function SeverityPanel({ severities }: SeverityPanelProps) {
  const t = useTranslations("measures.severity");
  const lesions = [...new Set(severities.map(({ lesion }) => lesion))];
  return (
    <section aria-labelledby="severity" className="space-y-gap-m">
      <div className="space-y-1">
        <h2 id="severity" className="text-md">
          {t("title")}
        </h2>
        <p className="max-w-prose text-ink-soft">{t("lead")}</p>
      </div>
      {lesions.length === 0 ? <p>{t("nothing")}</p> : null}
      {lesions.map((lesion) => (
        <LesionBlock key={lesion} lines={severities.filter((one) => one.lesion === lesion)} />
      ))}
    </section>
  );
}

function LesionBlock({ lines }: { lines: readonly SeverityView[] }) {
  const t = useTranslations("measures.severity");
  const [first] = lines;
  if (first === undefined) return null;
  const alerts = [...new Set(lines.flatMap((line) => line.alerts))];
  const flow = lines.find((line) => line.flow !== null)?.flow ?? null;
  return (
    <div className="space-y-gap">
      <Table
        stacked
        caption={t(`lesions.${first.lesion}`)}
        rows={lines}
        rowKey={({ guideline }) => guideline}
        columns={[
          {
            key: "guideline",
            label: t("guideline"),
            cell: ({ guideline }) => <Guide guideline={guideline} />,
          },
          { key: "says", label: t("says"), cell: (line) => <Verdict line={line} /> },
        ]}
      />
      {flow === null ? null : <p>{t(`flow.${flow}`)}</p>}
      {alerts.length === 0 ? null : (
        <Notice tone="attention" title={t("look")}>
          {alerts.map((alert) => (
            <p key={alert}>{t(`alerts.${alert}`)}</p>
          ))}
        </Notice>
      )}
      <details>
        <summary className="link inline-flex min-h-control items-center">{t("each")}</summary>
        <div className="space-y-gap-m py-gap">
          {lines.map((line) => (
            <ItemTable key={line.guideline} line={line} />
          ))}
        </div>
      </details>
    </div>
  );
}

function Guide({ guideline }: Pick<SeverityView, "guideline">) {
  const { title, doi } = GUIDELINE_SOURCES[guideline];
  return (
    <span lang="en" dir="ltr">
      <TextLink href={`https://doi.org/${doi}`}>{title}</TextLink>
    </span>
  );
}

function Verdict({ line }: { line: SeverityView }) {
  const t = useTranslations("measures.severity");
  const locale = useLocale();
  if (line.grade === null)
    return <span className="text-ink-soft">{t(`reasons.${line.reason ?? "too_few"}`)}</span>;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <strong>{t(`grades.${line.grade}`)}</strong>
      {line.isBorderline ? <StateTag tone="attention">{t("borderline")}</StateTag> : null}
      {line.orElse === null ? null : (
        <span className="text-ink-soft">
          {t("orElse", {
            grade: t(`grades.${line.orElse.grade}`),
            conditions: formatList(
              line.orElse.conditions.map((one) => t(`conditions.${one}`)),
              locale,
            ),
          })}
        </span>
      )}
    </span>
  );
}

/** Each number with the grade it speaks for, how near a cut-off it stands, and where the cut-off was read. */
function ItemTable({ line }: { line: SeverityView }) {
  const t = useTranslations("measures.severity");
  const words = useTranslations("measures");
  const locale = useLocale();
  if (line.items.length === 0) return null;
  return (
    <Table
      stacked
      caption={<bdi>{GUIDELINE_SOURCES[line.guideline].title}</bdi>}
      rows={line.items}
      rowKey={({ measure }) => measure}
      columns={[
        {
          key: "measure",
          label: words("columns.measure"),
          cell: ({ measure }) => <bdi>{words(`names.${measure}` as "names.spap")}</bdi>,
        },
        {
          key: "value",
          label: words("columns.value"),
          numeric: true,
          cell: ({ value, unit }) => (
            <bdi dir="ltr" className="whitespace-nowrap">
              {formatNumber(value, locale)} {printedUnit(unit)}
            </bdi>
          ),
        },
        {
          key: "says",
          label: t("says"),
          cell: (item) => (
            <>
              {item.grade === null ? t("between") : t(`grades.${item.grade}`)}
              <span className="text-ink-soft"> · {t(item.weight)}</span>
              {item.near.length === 0 ? null : (
                <span className="block text-sm">
                  {t("near", {
                    cutoffs: formatList(
                      item.near.map((at) => formatNumber(at, locale)),
                      locale,
                    ),
                  })}
                </span>
              )}
            </>
          ),
        },
        {
          key: "source",
          label: t("source"),
          cell: (item) => (
            <span className="text-sm text-ink-soft">
              <bdi lang="en" dir="ltr">
                {item.source}
              </bdi>{" "}
              · {t(`provenance.${item.provenance}`)}
            </span>
          ),
        },
      ]}
    />
  );
}
