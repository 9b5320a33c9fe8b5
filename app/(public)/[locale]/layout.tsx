import "../../globals.css";
import type { Metadata, Viewport } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { locale as rootLocale } from "next/root-params";
import type { ReactNode } from "react";
import { Document } from "@/components/shell/document";
import { LanguageMenu } from "@/components/shell/language-menu";
import { PublicFooter } from "@/components/shell/public-footer";
import { PublicHeader } from "@/components/shell/public-header";
import { directionOf, isLocale, LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { OPERATOR } from "@/lib/guides/operator";
import { siteSettings } from "@/lib/infra/env";

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf6" },
    { media: "(prefers-color-scheme: dark)", color: "#0f171b" },
  ],
};

/** Public pages are written per language; pages below with a slug are written when first asked for. */
export function generateStaticParams() {
  return LOCALES.map((locale) => ({ locale }));
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    metadataBase: new URL(siteSettings().appUrl),
    icons: {
      icon: [
        { url: "/favicon.ico", sizes: "48x48" },
        { url: "/icon.svg", type: "image/svg+xml" },
      ],
      apple: "/apple-icon.png",
    },
    manifest: "/manifest.webmanifest",
    openGraph: { type: "website", siteName: t("brand") },
    twitter: { card: "summary_large_image" },
    title: { template: `%s · ${t("brand")}`, default: `${t("brand")} · ${t("tagline")}` },
    description: t("tagline"),
  };
}

export default async function PublicLayout({ children }: { children: ReactNode }) {
  const locale = await rootLocale();
  if (!isLocale(locale)) notFound();
  const t = await getTranslations("common");
  const languages = LOCALES.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }));
  return (
    <Document locale={locale} direction={directionOf(locale)} demo={siteSettings().demo}>
      <PublicHeader
        locale={locale}
        languages={<LanguageMenu label={t("language")} languages={languages} current={locale} />}
      />
      <main data-reading id="main" tabIndex={-1} className="mx-auto w-full max-w-page px-4 py-gap-l md:px-8">
        {children}
      </main>
      <PublicFooter locale={locale} phone={OPERATOR.phone} />
    </Document>
  );
}
