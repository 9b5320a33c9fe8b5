import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PhoneLine } from "@/components/shell/phone-line";
import { OfHundred } from "@/components/pictures/of-hundred";
import { FiveSteps } from "@/components/trust/five-steps";
import { Hero } from "@/components/trust/hero";
import { Promises } from "@/components/trust/promises";
import { RICH } from "@/components/trust/rich";
import { SearchForm } from "@/components/trust/search-form";
import { Treatments } from "@/components/trust/treatments";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { OPERATOR } from "@/lib/guides/operator";

/** Written once per language; any other first part of the address is no page. */
export const dynamicParams = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return {
    title: t("title"),
    description: t("description"),
    alternates: alternatesOf(await getLocale(), "", "home"),
  };
}

export default async function HomePage() {
  const locale = await getLocale();
  const t = await getTranslations("home");
  return (
    <OwnWords of="home">
      <Hero locale={locale} />
      <div className="pb-gap-xl">
        <SearchForm locale={locale} />
      </div>
      <Treatments locale={locale} />
      <FiveSteps locale={locale} />
      <Promises locale={locale} />
      <div className="grid gap-gap-l border-t border-line pt-gap-xl md:grid-cols-2 md:gap-gap-xl">
        <section aria-labelledby="limits">
          <h2 id="limits" className="text-xl">
            {t("limits.title")}
          </h2>
          <div className="prose mt-gap">{t.rich("limits.body", RICH)}</div>
          <p className="mt-gap flex items-center gap-4 text-base text-ink-soft">
            <OfHundred met={54} size={96} />
            {t("limits.drawn")}
          </p>
        </section>
        <section aria-labelledby="talk">
          <h2 id="talk" className="text-xl">
            {t("talk.title")}
          </h2>
          <p className="mt-gap mb-2">{t("talk.body")}</p>
          <PhoneLine phone={OPERATOR.phone} />
        </section>
      </div>
    </OwnWords>
  );
}
