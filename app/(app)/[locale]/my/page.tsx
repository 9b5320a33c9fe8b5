import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CaseList } from "@/components/cases/case-list";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { casesForActor } from "@/lib/cases/queries";
import { caseLineViewOf } from "@/lib/cases/views";
import { readerZone } from "@/lib/infra/reader-zone";
import { unreadOfCases } from "@/lib/messages/queries";
import { requirePatient } from "@/lib/infra/session";
import { readOpenOffers } from "@/lib/logistics/read-open-offers";
import { readDuePayments } from "@/lib/payments/read-due-payments";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.list");
  return { title: t("title") };
}

export default async function MyPage() {
  const patient = await requirePatient();
  const t = await getTranslations("my.list");
  const locale = await getLocale();
  const page = await casesForActor(patient, { limit: 50 });
  const ids = page.items.map(({ id }) => id);
  const unread = await unreadOfCases(patient, ids);
  const now = new Date();
  const due = await readDuePayments(patient, ids, now);
  const offers = await readOpenOffers(patient, ids, now);
  const start = (
    <LinkButton look={page.items.length === 0 ? "primary" : "quiet"} href={`/${locale}/start`}>
      {t("start")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} act={page.items.length === 0 ? undefined : start} />
      <CaseList
        cases={page.items.map((facts) => ({
          ...caseLineViewOf(facts, "patient"),
          unread: unread.get(facts.id) ?? 0,
          due: due.get(facts.id),
          offer: offers.get(facts.id),
        }))}
        locale={locale}
        zone={await readerZone()}
      />
    </>
  );
}
