import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DueClock } from "@/components/desk/due-clock";
import { StepWords, TreatmentWords } from "@/components/desk/step-words";
import { UnreadMark } from "@/components/messages/unread-mark";
import { formatCountry } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { type CaseOrder, type OrderColumn, orderOf } from "@/lib/desk/case-order";
import type { DeskCaseLine } from "@/lib/desk/queries/cases";

interface CaseTableProps {
  cases: readonly (DeskCaseLine & { unread: number })[];
  now: Date;
  base: string;
  order: CaseOrder;
  /** The address of this table in another order. */
  orderHref: (order: CaseOrder) => string;
}

/** The desk's table of cases: one row each, its number the link; what belongs together stands in two lines. */
export function CaseTable({ cases, now, base, order, orderHref }: CaseTableProps) {
  const t = useTranslations("desk.cases");
  const head = (column: OrderColumn, className = "") => (
    <Heading className={className} sort={orderOf(column, order).sort}>
      <Link
        href={orderHref(orderOf(column, order).next)}
        prefetch={false}
        className="inline-flex min-h-6 items-center gap-1 hover:text-primary hover:underline"
      >
        {t(column)}
        <SortSign sort={orderOf(column, order).sort} />
      </Link>
    </Heading>
  );
  // The roles keep it a table for screen readers even where it is drawn as blocks.
  return (
    <table role="table" className="w-full border-collapse text-start max-sm:block">
      <caption className="sr-only">{t("title")}</caption>
      <thead role="rowgroup" className="sticky top-0 z-10 bg-paper max-sm:sr-only">
        <tr role="row" className="shadow-[inset_0_-1px_0_var(--edge)]">
          <Heading className="w-8">
            <span className="sr-only">{t("choose")}</span>
          </Heading>
          {head("number")}
          {head("patient")}
          {head("stage")}
          <Heading>{t("next")}</Heading>
          <Heading className="max-lg:hidden">{t("owner")}</Heading>
          {head("due")}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {cases.map((row) => (
          <Row key={row.id} row={row} now={now} base={base} />
        ))}
      </tbody>
    </table>
  );
}

interface HeadingProps {
  className?: string;
  sort?: "ascending" | "descending" | "none";
  children: ReactNode;
}

function Heading({ className = "", sort, children }: HeadingProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sort}
      className={`px-cell py-cell h-9 text-start align-middle text-sm font-semibold text-ink-soft ${className}`}
    >
      {children}
    </th>
  );
}

function SortSign({ sort }: { sort: "ascending" | "descending" | "none" }) {
  const path = {
    ascending: "M4 10l4-4 4 4",
    descending: "M4 6l4 4 4-4",
    none: "M5 6.5L8 4l3 2.5M5 9.5L8 12l3-2.5",
  }[sort];
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      strokeWidth={sort === "none" ? 1 : 2}
      aria-hidden
    >
      <path d={path} />
    </svg>
  );
}

function Row({ row, now, base }: { row: CaseTableProps["cases"][number]; now: Date; base: string }) {
  const t = useTranslations("desk");
  const locale = useLocale();
  const owner = row.ownerName ?? (row.ownerKind === "on_call" ? t("onCall") : "–");
  const cell = "px-cell py-cell align-top max-sm:block max-sm:px-0 max-sm:py-0.5";
  return (
    <tr
      role="row"
      data-row={row.id}
      className="border-b border-line hover:bg-primary-tint/50 focus-within:bg-primary-tint has-checked:bg-primary-tint max-sm:relative max-sm:block max-sm:py-3 max-sm:ps-9"
    >
      <td role="cell" className="px-cell py-cell align-top max-sm:absolute max-sm:start-0 max-sm:px-1">
        <input
          type="checkbox"
          name="caseId"
          value={row.id}
          aria-label={t("cases.chooseOne", { number: row.number })}
          className="size-[1.125rem] accent-primary"
        />
      </td>
      <th
        role="rowheader"
        scope="row"
        className={`${cell} text-start font-normal whitespace-nowrap max-sm:font-semibold`}
      >
        <TextLink href={`${base}/${row.id}`}>
          <bdi>{row.number}</bdi>
        </TextLink>
        <Marks row={row} now={now} />
      </th>
      <td role="cell" className={cell}>
        <bdi>{row.contactName ?? "–"}</bdi>
        <Second>{row.country ? formatCountry(row.country, locale) : null}</Second>
      </td>
      <td role="cell" className={cell}>
        {t(`stages.${row.stage}`)}
        <Second>
          <TreatmentWords slug={row.treatment} />
        </Second>
      </td>
      <td role="cell" className={cell}>
        <StepWords code={row.nextAction} />
        <Second>{row.nextAction === null ? null : t(`waits.${row.waitingOn}`)}</Second>
      </td>
      <td role="cell" className={`${cell} max-lg:hidden`}>
        <bdi>{owner}</bdi>
      </td>
      <td role="cell" className={cell}>
        <DueClock one={row} now={now} />
        <span className="lg:hidden">
          <Second>{owner}</Second>
        </span>
      </td>
    </tr>
  );
}

/** The second line of a cell: what belongs to the first and is looked for less often. */
function Second({ children }: { children: ReactNode }) {
  return children === null ? null : <span className="block text-sm text-ink-soft">{children}</span>;
}

function Marks({ row, now }: { row: CaseTableProps["cases"][number]; now: Date }) {
  const t = useTranslations("desk");
  const isHeld = row.holdUntil !== null && row.holdUntil > now;
  if (!row.urgent && row.unread === 0 && !isHeld) return null;
  return (
    <span className="mt-1 flex flex-wrap gap-1">
      {row.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
      <UnreadMark count={row.unread} />
      {isHeld ? <StateTag>{t("onHold")}</StateTag> : null}
    </span>
  );
}
