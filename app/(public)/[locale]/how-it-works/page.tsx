import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { HowItWorks } from "@/components/trust/how";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";

/** Written once per language; any other first part of the address is no page. */
export const dynamicParams = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("trust.how");
  const alternates = alternatesOf(await getLocale(), "/how-it-works", "trust");
  return { title: t("title"), description: t("description"), alternates };
}

export default async function HowItWorksPage() {
  const locale = await getLocale();
  const t = await getTranslations("trust.how");
  const common = await getTranslations("common.nav");
  return (
    <OwnWords of="trust">
      <PageHeader
        title={t("title")}
        lead={<p>{t("lead")}</p>}
        act={
          <PlainLinkButton href={`/${locale}/start`} look="primary">
            {common("start")}
          </PlainLinkButton>
        }
      />
      <HowItWorks />
    </OwnWords>
  );
}
