import { useLocale, useTranslations } from "next-intl";
import { formatBasisPoints } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { type CancellationBand, FREE_FROM_DAYS } from "@/lib/clinics/cancellation";

const CAUSES = [
  "early",
  "late",
  "visa",
  "centre",
  "untreatable",
  "worse",
  "force",
  "fault",
  "noshow",
  "surplus",
] as const;

type Cause = (typeof CAUSES)[number];

interface RefundTableProps {
  /** What the centre in question keeps; without one the table says that it depends on the centre. */
  bands?: readonly CancellationBand[];
}

export function RefundTable({ bands }: RefundTableProps) {
  const t = useTranslations("trust.pays.table");
  const own = useOwnRule(bands);
  const column = (key: "cause" | "a" | "b" | "f") => ({
    key,
    label: t(key),
    cell: (row: Cause) => (key === "a" ? (own[row] ?? t(`rows.${row}.a`)) : t(`rows.${row}.${key}`)),
  });
  return (
    <div className="min-w-0 text-base">
      <Table<Cause>
        caption={t("caption")}
        hideCaption
        stacked
        columns={[column("cause"), column("a"), column("b"), column("f")]}
        rows={CAUSES}
        rowKey={(row) => row}
      />
    </div>
  );
}

/** What comes back by this centre's own rule, in its percentages. */
function useOwnRule(bands: readonly CancellationBand[] | undefined): Partial<Record<Cause, string>> {
  const t = useTranslations("trust.pays.table");
  const locale = useLocale();
  const last = bands?.at(-1);
  if (bands === undefined || last === undefined) return {};
  const back = (keptBp: number) => formatBasisPoints(10_000 - keptBp, locale);
  const late = bands.map(({ fromDays, keptBp }, index) => {
    const to = (bands[index - 1]?.fromDays ?? FREE_FROM_DAYS) - 1;
    if (fromDays === 0) return t("bandLast", { share: back(keptBp), days: to });
    return t("band", { from: to, to: fromDays, share: back(keptBp) });
  });
  return { late: late.join(" "), noshow: t("bandOnly", { share: back(last.keptBp) }) };
}
