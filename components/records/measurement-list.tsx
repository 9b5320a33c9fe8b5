import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormAction } from "@/components/ui/form-state";
import { formatDay, formatNumber } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { printedUnit } from "@/lib/records/measure";
import type { MeasurementView } from "@/lib/records/views/measurement";

interface MeasurementListProps {
  measurements: readonly MeasurementView[];
  /** Where one file is looked at: `${base}/${id}`. */
  base: string;
  /** Whose numbers the reader may take back, and how; null where none. */
  remove: { sources: readonly MeasurementView["source"][]; action: FormAction } | null;
}

/** The measured numbers of a case, one table an examination, the newest first. */
export function MeasurementList({ measurements, base, remove }: MeasurementListProps) {
  const t = useTranslations("measures");
  const locale = useLocale();
  const days = [...new Set(measurements.map(({ measuredOn }) => measuredOn))];
  return (
    <section aria-labelledby="numbers" className="space-y-gap">
      <h2 id="numbers" className="text-md">
        {t("heading")}
      </h2>
      {days.length === 0 ? (
        <EmptyState title={t("none")}>{remove === null ? undefined : t("noneLead")}</EmptyState>
      ) : null}
      {days.map((day) => (
        <Table
          key={day}
          caption={t("examined", { day: formatDay(day, locale) })}
          rows={measurements.filter(({ measuredOn }) => measuredOn === day)}
          rowKey={({ id }) => id}
          columns={columnsOf(t, locale, base, remove)}
        />
      ))}
    </section>
  );
}

type Words = ReturnType<typeof useTranslations<"measures">>;

function columnsOf(
  t: Words,
  locale: string,
  base: string,
  remove: MeasurementListProps["remove"],
): Column<MeasurementView>[] {
  const columns: Column<MeasurementView>[] = [
    { key: "measure", label: t("columns.measure"), cell: (one) => <bdi>{nameOf(t, one.field)}</bdi> },
    { key: "value", label: t("columns.value"), numeric: true, cell: (one) => valueOf(t, one, locale) },
    {
      key: "source",
      label: t("columns.source"),
      wide: true,
      cell: (one) => (
        <>
          {one.enteredBy === ""
            ? t(`source.${one.source}`)
            : t("by", { source: t(`source.${one.source}`), name: one.enteredBy })}
          {one.source === "patient" ? <span className="block text-ink-soft">{t("unverified")}</span> : null}
          {one.method === null ? null : <bdi className="block text-ink-soft">{one.method}</bdi>}
          {one.recordId === null ? null : (
            <span className="block">
              <TextLink href={`${base}/${one.recordId}`}>{t("fromFile")}</TextLink>
            </span>
          )}
        </>
      ),
    },
  ];
  if (remove === null) return columns;
  return [
    ...columns,
    {
      key: "act",
      label: <span className="sr-only">{t("columns.act")}</span>,
      cell: (one) =>
        remove.sources.includes(one.source) ? (
          <ActionForm action={remove.action}>
            <input type="hidden" name="measurementId" value={one.id} />
            <SubmitButton look="quiet">
              {t("remove")}
              <span className="sr-only"> {nameOf(t, one.field)}</span>
            </SubmitButton>
          </ActionForm>
        ) : null,
    },
  ];
}

function valueOf(t: Words, one: MeasurementView, locale: string) {
  const { told, unit } = one;
  return (
    <>
      <bdi dir="ltr" className="font-semibold whitespace-nowrap">
        {formatNumber(one.value, locale)} {printedUnit(unit)}
      </bdi>
      {told.unit === unit ? null : (
        <span className="block text-sm text-ink-soft">
          {t("told", { value: `\u2066${formatNumber(told.value, locale)} ${printedUnit(told.unit)}\u2069` })}
        </span>
      )}
    </>
  );
}

/** A field this release has no words for is shown by its code. */
function nameOf(t: Words, field: string): string {
  return t.has(`names.${field}` as "names.spap") ? t(`names.${field}` as "names.spap") : field;
}
