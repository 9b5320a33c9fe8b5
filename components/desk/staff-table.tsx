import { useLocale, useTranslations } from "next-intl";
import { FactorWords, RoleTags } from "@/components/desk/staff-words";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { StaffMember } from "@/lib/desk/queries/staff";

interface StaffTableProps {
  staff: readonly StaffMember[];
  /** "/en/desk/people" */
  base: string;
  /** IANA name of the reader's zone. */
  zone: string;
  /** Who looks. */
  meId: string;
}

/** Everybody who works here: the name is the link, what guards the account stands beside what it may do. */
export function StaffTable({ staff, base, zone, meId }: StaffTableProps) {
  const t = useTranslations("staff");
  const locale = useLocale();
  return (
    <Table<StaffMember>
      caption={t("title")}
      hideCaption
      stacked
      rows={staff}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("none")}>{t("noneLead")}</EmptyState>}
      columns={[
        {
          key: "name",
          label: t("name"),
          cell: (row) => (
            <>
              <span className="flex flex-wrap items-baseline gap-x-2">
                <TextLink href={`${base}/${row.id}`}>
                  <bdi>{row.name}</bdi>
                </TextLink>
                {row.id === meId ? <span className="text-sm text-ink-soft">{t("you")}</span> : null}
              </span>
              <span className="block text-sm font-normal wrap-anywhere text-ink-soft">
                <bdi>{row.email}</bdi>
              </span>
            </>
          ),
        },
        {
          key: "place",
          label: t("place"),
          cell: (row) => <bdi>{row.clinic?.name ?? t("operator")}</bdi>,
        },
        { key: "roles", label: t("roles"), cell: (row) => <RoleTags roles={row.roles} /> },
        { key: "factors", label: t("factors"), cell: (row) => <FactorWords factors={row.factors} /> },
        {
          key: "seen",
          label: t("seen"),
          cell: (row) => (row.seenAt ? formatMoment(row.seenAt, zone, locale) : t("never")),
        },
      ]}
    />
  );
}
