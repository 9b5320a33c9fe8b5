import type { MetadataRoute } from "next";
import { LOCALES } from "@/i18n/locales";
import { CONDITIONS } from "@/lib/guides/condition";
import { COUNTRIES } from "@/lib/guides/country";
import { DEVICES } from "@/lib/guides/device";
import { TREATMENTS } from "@/lib/guides/treatment";
import { siteSettings } from "@/lib/infra/env";

export const dynamic = "force-dynamic";

const PAGES = [
  "",
  "/clinics",
  "/prices",
  "/how-it-works",
  "/how-we-rank",
  "/who-pays-us",
  "/your-data",
  "/emergency",
];

/** Pages of the guides are known by name; centres are found through the list of centres. */
export default function sitemap(): MetadataRoute.Sitemap {
  const guides = [
    ...CONDITIONS.map((slug) => `/conditions/${slug}`),
    ...TREATMENTS.map((slug) => `/treatments/${slug}`),
    ...DEVICES.map((slug) => `/devices/${slug}`),
    ...COUNTRIES.map((code) => `/countries/${code.toLowerCase()}`),
  ];
  const { appUrl } = siteSettings();
  return [...PAGES, ...guides].map((path) => ({
    url: `${appUrl}/en${path}`,
    alternates: {
      languages: Object.fromEntries(LOCALES.map((locale) => [locale, `${appUrl}/${locale}${path}`])),
    },
  }));
}
