import { useLocale, useTranslations } from "next-intl";
import { DueClock } from "@/components/desk/due-clock";
import { StepWords, TreatmentWords } from "@/components/desk/step-words";
import { UnreadMark } from "@/components/messages/unread-mark";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCountry } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { CaseLineFacts } from "@/lib/cases/case-facts";

interface CaseTableProps {
  cases: readonly (CaseLineFacts & { unread: number })[];
  now: Date;
  base: string;
}

/** The desk's table of cases; the number is the link. */
export function CaseTable({ cases, now, base }: CaseTableProps) {
  const t = useTranslations("desk");
  const stages = useTranslations("desk.stages");
  const locale = useLocale();
  return (
    <Table
      caption={t("cases.title")}
      hideCaption
      stacked
      rows={cases}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("cases.empty")}>{t("cases.emptyLead")}</EmptyState>}
      columns={[
        {
          key: "number",
          label: t("cases.number"),
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-2">
              <TextLink href={`${base}/${row.id}`}>
                <bdi>{row.number}</bdi>
              </TextLink>
              {row.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
              <UnreadMark count={row.unread} />
            </span>
          ),
        },
        { key: "patient", label: t("cases.patient"), cell: (row) => <bdi>{row.contactName ?? "–"}</bdi> },
        {
          key: "country",
          label: t("cases.country"),
          cell: (row) => (row.country ? formatCountry(row.country, locale) : "–"),
        },
        {
          key: "treatment",
          label: t("cases.treatment"),
          cell: (row) => <TreatmentWords slug={row.treatment} />,
        },
        { key: "stage", label: t("cases.stage"), cell: (row) => stages(row.stage) },
        {
          key: "owner",
          label: t("cases.owner"),
          cell: (row) => <bdi>{row.ownerName ?? (row.ownerKind === "on_call" ? t("onCall") : "–")}</bdi>,
        },
        { key: "next", label: t("cases.next"), cell: (row) => <StepWords code={row.nextAction} /> },
        { key: "waiting", label: t("cases.waitingOn"), cell: (row) => t(`waitingOn.${row.waitingOn}`) },
        { key: "due", label: t("cases.due"), cell: (row) => <DueClock one={row} now={now} /> },
      ]}
    />
  );
}
