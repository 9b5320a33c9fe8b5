import type { MetadataRoute } from "next";
import { SIGNED_IN } from "@/i18n/addresses";
import { LOCALES } from "@/i18n/locales";
import { siteSettings } from "@/lib/infra/env";

export const dynamic = "force-dynamic";

const OWN_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

/** A demo others can reach asks not to be found: its clinics do not exist. On one's own machine nobody searches. */
export default function robots(): MetadataRoute.Robots {
  const { appUrl, demo } = siteSettings();
  if (demo && !OWN_MACHINE.includes(new URL(appUrl).hostname))
    return { rules: { userAgent: "*", disallow: "/" } };
  const closed = LOCALES.flatMap((locale) => SIGNED_IN.map((area) => `/${locale}/${area}`));
  return { rules: { userAgent: "*", disallow: ["/api/", ...closed] }, sitemap: `${appUrl}/sitemap.xml` };
}
