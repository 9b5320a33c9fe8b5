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
  /** Rows of many lists, which have no place in a line any more: each says which list it was. */
  isMixed?: boolean;
}

/** One waiting list in its order: who, for which days, since when and why, and what was offered. */
export function WaitingTable({ name, rows, locale, isMixed = false }: WaitingTableProps) {
  const t = useTranslations("waiting.desk");
  const moment = (at: string) => formatMoment(new Date(at), DESK_ZONE, locale);
  return (
    <Table
      caption={<bdi>{name}</bdi>}
      stacked
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        isMixed
          ? { key: "list", label: t("list"), width: "sm:w-[18%]", cell: (row) => <ListName row={row} /> }
          : { key: "place", label: t("place"), width: "sm:w-[6%]", cell: (row) => row.position ?? "–" },
        {
          key: "case",
          label: t("case"),
          whole: true,
          width: "sm:w-[14%]",
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
          width: isMixed ? "sm:w-[14%]" : "sm:w-[18%]",
          cell: (row) => <Days row={row} locale={locale} />,
        },
        {
          key: "since",
          label: t("since"),
          width: "sm:w-[14%]",
          cell: (row) => <Since row={row} when={moment(row.joinedAt)} />,
        },
        {
          key: "why",
          label: t("why"),
          width: isMixed ? "sm:w-[16%]" : "sm:w-[24%]",
          cell: (row) => <span dir="auto">{row.reason ?? "–"}</span>,
        },
        { key: "now", label: t("now"), cell: (row) => <History row={row} locale={locale} /> },
      ]}
    />
  );
}

function ListName({ row }: { row: Row }) {
  const treatments = useTranslations("treatments");
  return (
    <>
      <bdi>{row.clinicName}</bdi>
      <span className="block text-sm text-ink-soft">{treatments(row.treatment as "teer")}</span>
    </>
  );
}

/** Each day whole on its line; a window of one day is that day. */
export function Days({ row: { fromOn, toOn }, locale }: { row: WaitingView; locale: string }) {
  const from = formatDay(fromOn, locale);
  if (fromOn === toOn) return <span className="whitespace-nowrap">{from}</span>;
  return (
    <>
      <span className="whitespace-nowrap">{from} –</span>{" "}
      <span className="whitespace-nowrap">{formatDay(toOn, locale)}</span>
    </>
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
      {isIdle ? (
        <li className="text-ink-soft">{t(row.hasDaysLeft ? "desk.noOffer" : "desk.noneLeft")}</li>
      ) : null}
      {row.offers.map((offer) => (
        <li key={offer.id} className={offer.state === "open" ? "font-semibold" : "text-sm text-ink-soft"}>
          {formatDay(offer.on, locale)}: {t(`offerStates.${offer.state}`, { when: moment(offer.expiresAt) })}
        </li>
      ))}
    </ul>
  );
}
