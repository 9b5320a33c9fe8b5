import "server-only";

import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { getLocale } from "next-intl/server";
import { isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";
import type { Catalogue } from "@/i18n/catalogue";

/**
 * Hands a client island the words it needs and no others:
 * `<Words of={["records"]}><Uploader /></Words>`, and in the island `useTranslations("records")`.
 * A small leaf needs no provider: pass it finished sentences as props.
 */
export async function Words({ of, children }: { of: readonly (keyof Catalogue)[]; children: ReactNode }) {
  const locale = await getLocale();
  if (!isLocale(locale)) throw new Error(`No words in the language ${String(locale)}.`);
  const all = messagesOf(locale);
  const messages = Object.fromEntries(of.map((namespace) => [namespace, all[namespace]]));
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  );
}
