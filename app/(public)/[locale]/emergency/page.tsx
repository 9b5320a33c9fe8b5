import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmergencyFinder } from "@/components/guides/emergency-finder";
import { EmergencyTable } from "@/components/guides/emergency-table";
import { RedFlags } from "@/components/guides/red-flags";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { formatCountry, formatDay } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { EMERGENCY_WRITTEN_ON, EMERGENCY_NUMBERS } from "@/lib/guides/emergency";

/** Written once per language; any other first part of the address is no page. */
export const dynamicParams = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emergency");
  const alternates = alternatesOf(await getLocale(), "/emergency", "emergency");
  return { title: t("title"), description: t("description"), alternates };
}

export default async function EmergencyPage() {
  const locale = await getLocale();
  const t = await getTranslations("emergency");
  const entries = EMERGENCY_NUMBERS.map((entry) => ({
    ...entry,
    name: formatCountry(entry.country, locale),
  }));
  entries.sort((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <OwnWords of="emergency">
      <div data-nothing-to-buy>
        <PageHeader title={t("title")} lead={<p>{t("lead")}</p>} />
        <div className="grid gap-gap-l lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="lg:order-2">
            <div className="rounded-md border border-line bg-card p-gap-m lg:sticky lg:top-4">
              <EmergencyFinder
                label={t("where.title")}
                hint={t("where.hint")}
                choose={t("where.choose")}
                call={t("where.call", { number: "{number}" })}
                elsewhere={{ choice: t("where.elsewhere"), text: t("where.elsewhereText") }}
                entries={entries}
              />
            </div>
          </div>
          <div className="space-y-gap-l">
            <RedFlags />
            <section aria-labelledby="seen" className="space-y-2 border-t border-line pt-gap-m">
              <h2 id="seen" className="text-lg">
                {t("seen.title")}
              </h2>
              <p>{t("seen.body")}</p>
              <PlainLinkButton href={`/${locale}/start`}>{t("seen.link")}</PlainLinkButton>
            </section>
          </div>
        </div>
        <div className="mt-gap-xl">
          <EmergencyTable entries={entries} writtenOn={formatDay(EMERGENCY_WRITTEN_ON, locale)} />
        </div>
      </div>
    </OwnWords>
  );
}
