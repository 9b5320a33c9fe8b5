import { useTranslations } from "next-intl";
import { formatDay, formatMoment } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { WaitingView } from "@/lib/logistics/views/waiting";

type Row = WaitingView & { case: { number: string; contactName: string | null } };

interface WaitingTableProps {
  /** The centre and the treatment, or what the rows have in common. */
  name: string;
  rows: readonly Row[];
  locale: string;
}

/** One waiting list in its order: who, for which days, since when and why, and what was offered. */
export function WaitingTable({ name, rows, locale }: WaitingTableProps) {
  const t = useTranslations("waiting.desk");
  const moment = (at: string) => formatMoment(new Date(at), DESK_ZONE, locale);
  return (
    <Table
      caption={<bdi>{name}</bdi>}
      stacked
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: "place", label: t("place"), cell: (row) => row.position ?? "–" },
        {
          key: "case",
          label: t("case"),
          cell: (row) => (
            <>
              <TextLink href={`/${locale}/desk/cases/${row.caseId}/booking`}>
                <bdi>{row.case.number}</bdi>
              </TextLink>
              <span className="block text-sm text-ink-soft">
                <bdi>{row.case.contactName}</bdi>
              </span>
            </>
          ),
        },
        {
          key: "days",
          label: t("days"),
          cell: (row) => `${formatDay(row.fromOn, locale)} – ${formatDay(row.toOn, locale)}`,
        },
        { key: "since", label: t("since"), cell: (row) => <Since row={row} when={moment(row.joinedAt)} /> },
        {
          key: "why",
          label: t("why"),
          cell: (row) => <span dir="auto">{row.reason ?? "–"}</span>,
        },
        { key: "now", label: t("now"), cell: (row) => <History row={row} locale={locale} /> },
      ]}
    />
  );
}

function Since({ row, when }: { row: Row; when: string }) {
  const t = useTranslations("waiting.desk");
  if (row.joinedBy.role === "patient") return when;
  return (
    <>
      {when}
      <span className="block text-sm text-ink-soft">{t("by", { name: row.joinedBy.name })}</span>
    </>
  );
}

/** How it stands, and every day that was offered, the newest first. */
export function History({ row, locale }: { row: WaitingView; locale: string }) {
  const t = useTranslations("waiting");
  const causes = useTranslations("waiting.causes");
  const moment = (at: string) => formatMoment(new Date(at), DESK_ZONE, locale);
  const cause = row.endCause;
  const isIdle = row.state === "waiting" && !row.offers.some(({ state }) => state === "open");
  return (
    <ul>
      {row.state === "waiting" ? null : (
        <li>
          {t(`states.${row.state}`)}
          {cause && causes.has(cause as "silent") ? `: ${causes(cause as "silent")}` : ""}
          {row.endedAt ? ` · ${moment(row.endedAt)}` : ""}
        </li>
      )}
      {isIdle ? <li className="text-ink-soft">{t("desk.noOffer")}</li> : null}
      {row.offers.map((offer) => (
        <li key={offer.id} className={offer.state === "open" ? "font-semibold" : "text-sm text-ink-soft"}>
          {formatDay(offer.on, locale)}: {t(`offerStates.${offer.state}`, { when: moment(offer.expiresAt) })}
        </li>
      ))}
    </ul>
  );
}
