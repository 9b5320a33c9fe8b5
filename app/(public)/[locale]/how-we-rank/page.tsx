import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Passage } from "@/components/trust/passage";
import { RankingTable } from "@/components/trust/ranking-table";
import { RICH } from "@/components/trust/rich";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { BILLS_LEAST } from "@/lib/clinics/bill-score";

/** Written once per language; any other first part of the address is no page. */
export const dynamicParams = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("trust.rank");
  const alternates = alternatesOf(await getLocale(), "/how-we-rank", "trust");
  return { title: t("title"), description: t("description"), alternates };
}

export default async function HowWeRankPage() {
  const t = await getTranslations("trust.rank");
  return (
    <OwnWords of="trust">
      <PageHeader title={t("title")} lead={<p>{t("lead")}</p>} />
      <section id="in" aria-labelledby="in-title">
        <h2 id="in-title" className="mb-gap text-xl">
          {t("in.title")}
        </h2>
        <RankingTable />
      </section>
      <Passage id="out" title={t("out.title")}>
        {t.rich("out.body", RICH)}
      </Passage>
      <Passage id="paid" title={t("paid.title")}>
        {t.rich("paid.body", { ...RICH, least: BILLS_LEAST })}
      </Passage>
      <Passage id="facts" title={t("facts.title")}>
        {t.rich("facts.body", RICH)}
      </Passage>
    </OwnWords>
  );
}
