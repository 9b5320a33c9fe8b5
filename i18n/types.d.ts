import type { Catalogue } from "@/i18n/catalogue";
import type { Locale } from "@/i18n/locales";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Catalogue;
  }
}
