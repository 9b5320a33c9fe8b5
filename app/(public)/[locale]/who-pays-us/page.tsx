import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Passage } from "@/components/trust/passage";
import { RefundTable } from "@/components/trust/refund-table";
import { RICH } from "@/components/trust/rich";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";

const PARTS = ["fee", "commission", "two", "lowest"] as const;

/** Written once per language; any other first part of the address is no page. */
export const dynamicParams = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("trust.pays");
  const alternates = alternatesOf(await getLocale(), "/who-pays-us", "trust");
  return { title: t("title"), description: t("description"), alternates };
}

export default async function WhoPaysUsPage() {
  const t = await getTranslations("trust.pays");
  return (
    <OwnWords of="trust">
      <PageHeader title={t("title")} lead={<p>{t("lead")}</p>} />
      {PARTS.map((part) => (
        <Passage key={part} id={part} title={t(`${part}.title`)}>
          {t.rich(`${part}.body`, RICH)}
        </Passage>
      ))}
      <Passage id="refunds" title={t("table.title")}>
        <p>{t("table.lead")}</p>
      </Passage>
      <div className="mt-gap">
        <RefundTable />
      </div>
    </OwnWords>
  );
}
