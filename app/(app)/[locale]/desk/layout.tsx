import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageMenu } from "@/components/shell/language-menu";
import { SignOut } from "@/components/shell/sign-out";
import { StaffShell } from "@/components/shell/staff-shell";
import { LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { requireAnyOf } from "@/lib/infra/session";
import { signOutAction } from "../account/actions";

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const person = await requireAnyOf("coordinator", "finance", "admin");
  const locale = await getLocale();
  const t = await getTranslations("areas.desk");
  const common = await getTranslations("common");
  const languages = LOCALES.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }));
  const link = (path: string, label: string) => ({ href: `/${locale}/desk${path}`, label });
  const nav = {
    coordinator: [link("", t("board")), link("/cases", t("cases")), link("/listings", t("listings"))],
    finance: [link("/money", t("money"))],
    admin: [link("/listings", t("listings"))],
  }[person.role];
  return (
    <StaffShell
      area={t("name")}
      nav={[...nav, { href: `/${locale}/account`, label: t("account") }]}
      tools={<LanguageMenu compact label={common("language")} languages={languages} current={locale} />}
      person={<SignOut name={person.name} action={signOutAction} />}
    >
      {children}
    </StaffShell>
  );
}
