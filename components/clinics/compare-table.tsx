import { useTranslations } from "next-intl";
import { formatCountry, formatList } from "@/components/ui/format";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { axisOver, RangeAxis, type SumRange } from "@/components/ui/range-axis";
import { comparedRange } from "@/lib/clinics/comparison";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { ComparedCell } from "./compared-cell";
import { type ComparedIn, type ComparedRow, useComparedRows } from "./compared-rows";
import { compareAddress } from "./compare-address";
import { sumRange } from "./sum-range";

interface CompareTableProps {
  clinics: readonly ClinicFacts[];
  compared: ComparedIn;
}

/** Centres as columns: names and row heads stay in sight, and what sets a centre apart stands in bold. */
export function CompareTable({ clinics, compared }: CompareTableProps) {
  const t = useTranslations("clinics.compare");
  const rows = useComparedRows(clinics, compared);
  const ranges = clinics.map((clinic) => {
    const range = comparedRange(clinic, compared);
    return range === null ? null : sumRange(range);
  });
  return (
    <div className="compare-box">
      {clinics.length < 2 ? null : (
        <label className="choice no-print w-fit">
          <input type="checkbox" className="compare-only" />
          <span>{t("only")}</span>
        </label>
      )}
      <div className="compare-scroll" role="group" aria-label={t("caption")} tabIndex={0}>
        <table role="table" className="compare" data-count={clinics.length}>
          <caption className="sr-only">{t("caption")}</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                {t("fact")}
              </th>
              {clinics.map((clinic) => (
                <ColumnHead key={clinic.slug} clinic={clinic} clinics={clinics} compared={compared} />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <Row
                key={row.key}
                row={row}
                names={clinics.map((clinic) => clinic.name)}
                ranges={row.key === "range" ? ranges : null}
              />
            ))}
            <StartRow clinics={clinics} locale={compared.locale} />
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface RowProps {
  row: ComparedRow;
  /** Whose the figures are, for where the heads are out of sight; heard with each cell anyway. */
  names: readonly string[];
  /** The ranges to draw under the words, on one axis; null for rows that are words only. */
  ranges: readonly (SumRange | null)[] | null;
}

function Row({ row, names, ranges }: RowProps) {
  const axis = axisOver((ranges ?? []).filter((range) => range !== null));
  const isSame = row.cells.every((cell) => cell.every((part) => !part.apart));
  return (
    <tr role="row" data-same={isSame ? "" : undefined}>
      <th role="rowheader" scope="row">
        {row.label}
      </th>
      {row.cells.map((parts, index) => {
        const range = ranges?.[index] ?? null;
        return (
          // Columns are the centres of this address and never change places.
          <td role="cell" key={index}>
            <span aria-hidden className="compare-name">
              <bdi>{names[index]}</bdi>
            </span>
            <ComparedCell parts={parts} />
            {range === null || axis === null ? null : <RangeAxis range={range} axis={axis} />}
          </td>
        );
      })}
    </tr>
  );
}

interface ColumnHeadProps {
  clinic: ClinicFacts;
  clinics: readonly ClinicFacts[];
  compared: ComparedIn;
}

function ColumnHead({ clinic, clinics, compared }: ColumnHeadProps) {
  const { locale } = compared;
  const t = useTranslations("clinics.compare");
  const others = clinics.filter((one) => one !== clinic).map((one) => one.slug);
  return (
    <th role="columnheader" scope="col">
      <span className="flex items-start justify-between gap-1">
        <a href={`/${locale}/clinics/${clinic.slug}`} className="link pt-1 text-base md:text-md">
          {clinic.name}
        </a>
        <a
          href={compareAddress(compared, others)}
          aria-label={t("remove", { name: clinic.name })}
          className="no-print flex min-h-9 min-w-9 flex-none items-center justify-center rounded-md text-lg text-primary hover:bg-primary-tint"
        >
          ×
        </a>
      </span>
      <span className="block text-sm font-normal text-ink-soft">
        {formatList([clinic.city, formatCountry(clinic.country, locale)], locale)}
      </span>
    </th>
  );
}

/** The act stands at the end, where the reader has compared. */
function StartRow({ clinics, locale }: { clinics: readonly ClinicFacts[]; locale: string }) {
  const t = useTranslations("clinics.compare");
  return (
    <tr role="row" className="no-print">
      <th role="rowheader" scope="row">
        {t("next")}
      </th>
      {clinics.map((clinic) => (
        <td role="cell" key={clinic.slug}>
          <span aria-hidden className="compare-name">
            <bdi>{clinic.name}</bdi>
          </span>
          <PlainLinkButton href={`/${locale}/start?clinic=${clinic.slug}`}>{t("start")}</PlainLinkButton>
        </td>
      ))}
    </tr>
  );
}
