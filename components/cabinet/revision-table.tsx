import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { Table } from "@/components/ui/table";
import type { Revision } from "@/lib/clinics/queries/listing";

interface RevisionTableProps {
  revisions: readonly Revision[];
  zone: string;
}

/** How a listing came to be: every proposal, its answer and the reason. */
export function RevisionTable({ revisions, zone }: RevisionTableProps) {
  const t = useTranslations("cabinet.listing");
  const locale = useLocale();
  const when = (at: Date | null) => (at ? formatMoment(at, zone, locale) : "–");
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="text-md">
        {t("history")}
      </h2>
      <Table
        caption={t("history")}
        hideCaption
        stacked
        rows={revisions}
        rowKey={(row) => row.id}
        empty={<p className="text-ink-soft">{t("noHistory")}</p>}
        columns={[
          { key: "created", label: t("created"), cell: (row) => when(row.createdAt) },
          {
            key: "state",
            label: t("state"),
            cell: (row) => (
              <StateTag tone={row.state === "published" ? "good" : "still"}>
                {t(`states.${row.state as "draft"}`)}
              </StateTag>
            ),
          },
          { key: "sent", label: t("sentAt"), cell: (row) => when(row.submittedAt) },
          { key: "decided", label: t("decided"), cell: (row) => when(row.decidedAt) },
          { key: "reason", label: t("reason"), cell: (row) => <span dir="auto">{row.reason ?? "–"}</span> },
        ]}
      />
    </section>
  );
}
