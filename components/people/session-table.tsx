import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";

interface SessionRow {
  id: string;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

interface SessionTableProps {
  sessions: SessionRow[];
  currentId: string | null;
  locale: string;
  action: FormAction;
}

/** The browsers a person is signed in with; each can be signed out from here. */
export function SessionTable({ sessions, currentId, locale, action }: SessionTableProps) {
  const t = useTranslations("account.account");
  return (
    <Table<SessionRow>
      caption={t("sessions")}
      hideCaption
      rows={sessions}
      rowKey={(row) => row.id}
      columns={[
        { key: "device", label: t("device"), cell: (row) => <bdi>{row.userAgent ?? t("unknown")}</bdi> },
        { key: "since", label: t("since"), cell: (row) => formatMoment(row.createdAt, "UTC", locale) },
        { key: "seen", label: t("seen"), cell: (row) => formatMoment(row.lastSeenAt, "UTC", locale) },
        {
          key: "act",
          label: t("end"),
          cell: (row) =>
            row.id === currentId ? (
              t("this")
            ) : (
              <ActionForm action={action}>
                <input type="hidden" name="sessionId" value={row.id} />
                <SubmitButton look="quiet">{t("end")}</SubmitButton>
              </ActionForm>
            ),
        },
      ]}
    />
  );
}
