import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { PublicNav } from "@/components/shell/public-nav";

/** Emergency strip, mark, links, language. On a phone the links fold into a native disclosure. */
export function PublicHeader({ locale, languages }: { locale: string; languages: ReactNode }) {
  const t = useTranslations("common");
  const items = [
    { href: `/${locale}/clinics`, label: t("nav.clinics") },
    { href: `/${locale}/prices`, label: t("nav.prices") },
    { href: `/${locale}/how-it-works`, label: t("nav.how") },
    { href: `/${locale}/signin/home`, label: t("nav.signIn") },
  ];
  return (
    <>
      <UrgentStrip locale={locale} />
      <header className="no-print border-b border-line text-base">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-4 px-4 py-2 md:px-8">
          <Brand href={`/${locale}`} name={t("brand")} />
          <span className="flex-1" />
          <nav aria-label={t("nav.label")} className="sells hidden md:block">
            <PublicNav items={items} className="flex" />
          </nav>
          {languages}
          <details className="sells group md:hidden">
            <summary className="flex min-h-11 list-none items-center rounded-md border border-edge px-3 [&::-webkit-details-marker]:hidden">
              {t("menu")}
            </summary>
            <nav
              aria-label={t("nav.label")}
              className="absolute inset-x-0 z-20 mt-2 border-y border-line bg-card px-2 py-2 shadow-float"
            >
              <PublicNav items={items} />
            </nav>
          </details>
        </div>
      </header>
    </>
  );
}

/** Calm and unmissable, first on every page, and nothing to buy behind it. */
export function UrgentStrip({ locale }: { locale: string }) {
  const t = useTranslations("common.urgent");
  return (
    <p className="no-print bg-danger-tint px-4 py-1.5 text-center text-sm text-ink">
      {t("strip")}{" "}
      <a
        href={`/${locale}/emergency`}
        className="inline-block py-1 font-semibold text-danger underline underline-offset-2"
      >
        {t("link")}
      </a>
    </p>
  );
}
