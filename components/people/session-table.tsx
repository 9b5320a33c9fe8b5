import { useTranslations } from "next-intl";
import { deviceName } from "@/components/people/device-name";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoment, formatZone } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";

interface SessionRow {
  id: string;
  userAgent: string | null;
  /** IANA name of the zone its clock goes by, when it has told. */
  zone: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

interface SessionTableProps {
  sessions: SessionRow[];
  currentId: string | null;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  action: FormAction;
}

/** The browsers a person is signed in with; each can be signed out from here. */
export function SessionTable({ sessions, currentId, locale, zone, action }: SessionTableProps) {
  const t = useTranslations("account.account");
  return (
    <Table<SessionRow>
      caption={t("sessions")}
      hideCaption
      stacked
      rows={sessions.toSorted((one, other) => Number(other.id === currentId) - Number(one.id === currentId))}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "device",
          label: t("device"),
          cell: (row) => (
            <span className="inline-flex flex-wrap items-center gap-x-gap gap-y-1">
              <bdi>{deviceName(row.userAgent ?? "") ?? t("unknown")}</bdi>
              {row.id === currentId ? <StateTag tone="good">{t("this")}</StateTag> : null}
            </span>
          ),
        },
        {
          key: "place",
          label: t("place"),
          cell: (row) =>
            row.zone === null || row.zone === "UTC" ? null : <bdi>{formatZone(row.zone, locale)}</bdi>,
        },
        { key: "since", label: t("since"), cell: (row) => formatMoment(row.createdAt, zone, locale) },
        { key: "seen", label: t("seen"), cell: (row) => formatMoment(row.lastSeenAt, zone, locale) },
        {
          key: "act",
          label: t("end"),
          cell: (row) =>
            row.id === currentId ? null : (
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
