import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCountry, formatMoment } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import type { ConsentFacts } from "@/lib/cases/consent";
import { DESK_ZONE } from "@/lib/desk/clock";

interface ConsentTableProps {
  consents: readonly ConsentFacts[];
  clinicNames: ReadonlyMap<string, string>;
}

/** Whom the patient lets look, in which words, since when. */
export function ConsentTable({ consents, clinicNames }: ConsentTableProps) {
  const t = useTranslations("desk.clinics");
  const locale = useLocale();
  const shares = consents.filter((consent) => consent.purpose === "share_with_clinic");
  const when = (at: Date | null) => (at ? formatMoment(at, DESK_ZONE, locale) : "–");
  return (
    <section aria-labelledby="consents">
      <h2 id="consents" className="text-md">
        {t("consents")}
      </h2>
      <Table
        caption={t("consents")}
        hideCaption
        stacked
        rows={shares}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t("noConsents")}>{t("noConsentsLead")}</EmptyState>}
        columns={[
          {
            key: "clinic",
            label: t("clinic"),
            cell: (row) => (
              <>
                <bdi>{clinicNames.get(row.clinicId ?? "") ?? "–"}</bdi>
                {row.deidentified ? (
                  <span className="text-sm text-ink-soft"> ({t("deidentified")})</span>
                ) : null}
              </>
            ),
          },
          {
            key: "country",
            label: t("country"),
            cell: (row) => (row.country ? formatCountry(row.country, locale) : "–"),
          },
          { key: "version", label: t("version"), cell: (row) => `${row.textVersion} · ${row.language}` },
          { key: "given", label: t("given"), cell: (row) => when(row.givenAt) },
          { key: "withdrawn", label: t("withdrawn"), cell: (row) => when(row.withdrawnAt) },
        ]}
      />
    </section>
  );
}
