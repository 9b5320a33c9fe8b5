import { useLocale, useTranslations } from "next-intl";
import { RemarkList } from "@/components/cabinet/remarks";
import { formatMoment } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { Table } from "@/components/ui/table";
import type { Revision } from "@/lib/clinics/queries/listing";
import { REVISION_TONES } from "@/components/cabinet/revision-tones";

interface RevisionTableProps {
  revisions: readonly Revision[];
  zone: string;
}

/** How a listing came to be: every proposal with who wrote it, who answered, what was said, and what it means now. */
export function RevisionTable({ revisions, zone }: RevisionTableProps) {
  const t = useTranslations("cabinet.listing");
  const locale = useLocale();
  const act = (at: Date | null, name: string | null) =>
    at === null ? (
      "–"
    ) : (
      <>
        <span className="block">{formatMoment(at, zone, locale)}</span>
        {name === null ? null : <bdi className="text-sm text-ink-soft">{name}</bdi>}
      </>
    );
  return (
    <Table
      caption={t("history")}
      hideCaption
      stacked
      rows={revisions}
      rowKey={(row) => row.id}
      columns={[
        { key: "saved", label: t("lastSaved"), cell: (row) => act(row.savedAt, row.author) },
        {
          key: "state",
          label: t("state"),
          cell: (row) => (
            <div className="space-y-1">
              <StateTag tone={REVISION_TONES[row.state]}>{t(`states.${row.state}`)}</StateTag>
              <p className="text-sm text-ink-soft sm:max-w-72">{t(`after.${row.state}`)}</p>
            </div>
          ),
        },
        { key: "sent", label: t("sentAt"), cell: (row) => act(row.submittedAt, null) },
        { key: "decided", label: t("decided"), cell: (row) => act(row.decidedAt, row.decider) },
        {
          key: "reason",
          label: t("reason"),
          cell: (row) =>
            row.reason === null && Object.keys(row.remarks).length === 0 ? (
              "–"
            ) : (
              <div className="space-y-1 sm:max-w-80">
                {row.reason ? <p dir="auto">{row.reason}</p> : null}
                <RemarkList remarks={row.remarks} />
              </div>
            ),
        },
      ]}
    />
  );
}
