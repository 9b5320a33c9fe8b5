import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PhoneLine } from "@/components/shell/phone-line";
import { PageHeader } from "@/components/ui/page-header";
import { PlainLink } from "@/components/ui/plain-link";
import { OwnWords } from "@/i18n/own-words";
import { OPERATOR } from "@/lib/guides/operator";

/** Written once per language; any other first part of the address is no page. */
export const dynamicParams = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offline");
  return { title: t("title"), description: t("description"), robots: { index: false } };
}

/** Shown by public/sw.js in place of any page that cannot be reached; the list in it is filled there. */
export default async function OfflinePage() {
  const locale = await getLocale();
  const t = await getTranslations("offline");
  return (
    <OwnWords of="offline">
      <div className="max-w-prose space-y-gap-l">
        <PageHeader title={t("title")} lead={t("happened")} />
        <section
          aria-labelledby="help"
          className="space-y-2 rounded-md border border-danger border-s-4 bg-danger-tint p-4"
        >
          <h2 id="help" className="text-lg">
            {t("helpTitle")}
          </h2>
          <p>{t("help")}</p>
          <p>
            <a href="tel:112" className="inline-flex min-h-11 items-center text-xl font-semibold underline">
              112
            </a>
          </p>
          <p>
            <PlainLink href={`/${locale}/emergency`}>{t("emergency")}</PlainLink>
          </p>
        </section>
        <section aria-labelledby="kept" className="space-y-2">
          <h2 id="kept" className="text-lg">
            {t("keptTitle")}
          </h2>
          <div className="hidden has-[li]:block">
            <p>{t("keptPages")}</p>
            <ul data-kept-pages="true" />
          </div>
          <p>{t("keptText")}</p>
          <p>{t("keptAnswers")}</p>
          <p>{t("keptUploads")}</p>
        </section>
        <section aria-labelledby="do" className="space-y-2">
          <h2 id="do" className="text-lg">
            {t("doTitle")}
          </h2>
          <p>{t("doWait")}</p>
          <p>
            {/* An address without a path is the page that was asked for, whichever it was. */}
            <a href="?" className="button button-primary">
              {t("again")}
            </a>
          </p>
          <p>{t("call")}</p>
          <PhoneLine phone={OPERATOR.phone} />
        </section>
      </div>
    </OwnWords>
  );
}
