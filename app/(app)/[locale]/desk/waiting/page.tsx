import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { WaitingTable } from "@/components/desk/waiting-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireCoordinator } from "@/lib/infra/session";
import { endedWaiting, type WaitingLine, waitingLists } from "@/lib/logistics/read-waiting";
import { waitingView } from "@/lib/logistics/views/waiting";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("waiting");
  return { title: t("title") };
}

const ENDED_SHOWN = 30;

export default async function WaitingPage() {
  const coordinator = await requireCoordinator();
  const t = await getTranslations("waiting");
  const treatments = await getTranslations("treatments");
  const locale = await getLocale();
  const now = new Date();
  const row = (line: WaitingLine) => ({ ...waitingView(line, now), case: line.case });
  const lists = Map.groupBy(
    (await waitingLists(coordinator)).map(row),
    ({ clinicName, treatment }) => `${clinicName} · ${treatments(treatment as "teer")}`,
  );
  const ended = (await endedWaiting(coordinator, ENDED_SHOWN)).map(row);
  return (
    <>
      <PageHeader title={t("title")} lead={t("desk.lead")} />
      {lists.size === 0 ? <EmptyState title={t("desk.none")}>{t("desk.noneLead")}</EmptyState> : null}
      <div className="space-y-gap-l">
        {[...lists].map(([name, rows]) => (
          <WaitingTable key={name} name={name} rows={rows} locale={locale} />
        ))}
        {ended.length === 0 ? null : (
          <WaitingTable name={t("desk.ended")} rows={ended} locale={locale} isMixed />
        )}
      </div>
    </>
  );
}
