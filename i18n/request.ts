import { getRequestConfig } from "next-intl/server";
import { locale as rootLocale } from "next/root-params";
import { DEFAULT_LOCALE, isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";

/** Pages know their language from the address; actions, routes and mails name it: `getTranslations({ locale })`. */
export default getRequestConfig(async (asked) => {
  const wanted = asked.locale ?? (await rootLocale());
  const locale = isLocale(wanted) ? wanted : DEFAULT_LOCALE;
  // Moments are always shown with a zone; UTC here only keeps a forgotten one from following the server.
  return { locale, messages: messagesOf(locale), timeZone: "UTC" };
});
