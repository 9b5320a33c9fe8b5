import "../../globals.css";
import type { Metadata, Viewport } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { locale as rootLocale } from "next/root-params";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { Document } from "@/components/shell/document";
import { WaitingSign } from "@/components/shell/waiting-sign";
import { directionOf, isLocale } from "@/i18n/locales";
import { siteSettings } from "@/lib/infra/env";

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf6" },
    { media: "(prefers-color-scheme: dark)", color: "#0f171b" },
  ],
};

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
    title: { template: `%s · ${t("brand")}`, default: t("brand") },
    robots: { index: false, follow: false },
  };
}

/** Signed-in pages are made per request, so that each carries its own nonce. Areas add their shell below. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  await connection();
  const locale = await rootLocale();
  if (!isLocale(locale)) notFound();
  const t = await getTranslations("common");
  return (
    <Document locale={locale} direction={directionOf(locale)} demo={siteSettings().demo}>
      {children}
      <WaitingSign label={t("loading")} />
    </Document>
  );
}
