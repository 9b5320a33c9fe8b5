import type { MetadataRoute } from "next";
import { languagesOf } from "@/i18n/alternates";
import type { Catalogue } from "@/i18n/catalogue";
import { clinicNames } from "@/lib/clinics/queries/clinic-names";
import { CONDITIONS } from "@/lib/guides/condition";
import { COUNTRIES } from "@/lib/guides/country";
import { DEVICES } from "@/lib/guides/device";
import { TREATMENTS } from "@/lib/guides/treatment";
import { siteSettings } from "@/lib/infra/env";

export const dynamic = "force-dynamic";

const PAGES: readonly (readonly [path: string, of: keyof Catalogue])[] = [
  ["", "home"],
  ["/clinics", "clinics"],
  ["/prices", "clinics"],
  ["/countries", "clinics"],
  ["/treatments", "guides"],
  ["/how-it-works", "trust"],
  ["/how-we-rank", "trust"],
  ["/who-pays-us", "trust"],
  ["/your-data", "trust"],
  ["/emergency", "emergency"],
  ["/developers", "developers"],
  ...CONDITIONS.map((slug) => [`/conditions/${slug}`, "guides"] as const),
  ...TREATMENTS.map((slug) => [`/treatments/${slug}`, "guides"] as const),
  ...DEVICES.map((slug) => [`/devices/${slug}`, "guides"] as const),
  ...COUNTRIES.map((code) => [`/countries/${code}`, "guides"] as const),
];

/** Every public page under its canonical address, with the languages it really exists in. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const { appUrl } = siteSettings();
  const centres = await clinicNames();
  const pages = [...PAGES, ...centres.map(({ slug }) => [`/clinics/${slug}`, "clinics"] as const)];
  return pages.map(([path, of]) => ({
    url: `${appUrl}/en${path}`,
    alternates: {
      languages: Object.fromEntries(languagesOf(of).map((each) => [each, `${appUrl}/${each}${path}`])),
    },
  }));
}
