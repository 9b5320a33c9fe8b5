import { useLocale, useTranslations } from "next-intl";
import { formatBasisPoints, formatCountry, formatDay } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { ClinicTerms } from "@/lib/desk/queries/clinic-terms";

interface ClinicTermsTableProps {
  rows: readonly ClinicTerms[];
  /** Where the terms of a centre are changed; null for whoever only reads. */
  hrefOf: ((slug: string) => string) | null;
}

/** Every centre with how it is paid, how much at once, and since when its money may be held. */
export function ClinicTermsTable({ rows, hrefOf }: ClinicTermsTableProps) {
  const t = useTranslations("moneySettings.centres");
  const locale = useLocale();
  return (
    <Table<ClinicTerms>
      caption={t("title")}
      hideCaption
      stacked
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "centre",
          label: t("centre"),
          cell: ({ name, slug }) =>
            hrefOf ? (
              <TextLink href={hrefOf(slug)}>
                <bdi>{name}</bdi>
              </TextLink>
            ) : (
              <bdi>{name}</bdi>
            ),
        },
        { key: "country", label: t("country"), cell: ({ country }) => formatCountry(country, locale) },
        { key: "mode", label: t("mode"), cell: ({ contractAMode }) => t(contractAMode) },
        {
          key: "prepayment",
          label: t("prepaymentShort"),
          numeric: true,
          cell: ({ prepaymentBp }) => formatBasisPoints(prepaymentBp, locale),
        },
        { key: "clearance", label: t("clearance"), cell: (row) => <Clearance row={row} /> },
      ]}
    />
  );
}

function Clearance({ row: { contractAMode, clearanceOn, clearanceNote } }: { row: ClinicTerms }) {
  const t = useTranslations("moneySettings.centres");
  const locale = useLocale();
  if (clearanceOn === null)
    return contractAMode === "direct" ? "–" : <StateTag tone="danger">{t("noClearance")}</StateTag>;
  return (
    <>
      {formatDay(clearanceOn, locale)}
      {clearanceNote ? <bdi className="block text-sm text-ink-soft">{clearanceNote}</bdi> : null}
    </>
  );
}
