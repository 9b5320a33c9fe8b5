import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CapacityTable } from "@/components/cabinet/capacity-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { mondayOf } from "@/lib/clinics/capacity";
import { PAGE_DAYS, PAGES, pageOfWeeks } from "@/lib/desk/forms/capacity";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { capacityTable, ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicManager } from "@/lib/infra/session";
import type { ClinicManager } from "@/lib/kernel/actor";
import { addDays, dayIn } from "@/lib/kernel/day";
import { waitingCounts } from "@/lib/logistics/read-waiting";
import { setCapacityAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.capacity");
  return { title: t("title") };
}

export default async function CapacityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const manager = await requireClinicManager();
  const page = pageOfWeeks(paramsOf(await searchParams).page);
  const { timeZone } = await ownClinic(manager);
  const today = dayIn(timeZone, new Date());
  const from = addDays(mondayOf(today), page * PAGE_DAYS);
  const table = await capacityTable(manager, from, PAGE_DAYS);
  const t = await getTranslations("cabinet.capacity");
  const base = `/${await getLocale()}/cabinet/capacity`;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Waiting manager={manager} />
      {table.treatments.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneLead")}</EmptyState>
      ) : (
        <>
          <p className="mb-gap-l max-w-prose text-ink-soft">{t("keys")}</p>
          <CapacityTable key={from} table={table} today={today} action={setCapacityAction} />
        </>
      )}
      <Pager
        label={t("title")}
        firstLabel={t("earlier")}
        nextLabel={t("later")}
        {...(page > 0 ? { first: `${base}?page=${page - 1}` } : {})}
        {...(page + 1 < PAGES ? { next: `${base}?page=${page + 1}` } : {})}
      />
    </>
  );
}

/** How many wait for a day here; who they are is for the desk to know. */
async function Waiting({ manager }: { manager: ClinicManager }) {
  const counts = await waitingCounts(manager);
  const t = await getTranslations("waiting");
  const treatments = await getTranslations("treatments");
  if (counts.length === 0) return null;
  return (
    <ul className="mb-gap max-w-prose">
      {counts.map(({ treatment, waiting }) => (
        <li key={treatment}>
          {t("cabinet", { count: waiting, treatment: treatments(treatment as "teer") })}
        </li>
      ))}
    </ul>
  );
}
