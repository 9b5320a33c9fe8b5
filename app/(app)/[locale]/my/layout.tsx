import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { StaySignedIn } from "@/components/people/stay-signed-in";
import { LanguageMenu } from "@/components/shell/language-menu";
import { PatientShell } from "@/components/shell/patient-shell";
import { SignOut } from "@/components/shell/sign-out";
import { LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { OPERATOR } from "@/lib/guides/operator";
import { idleMinutes } from "@/lib/infra/auth-life";
import { relyingParty } from "@/lib/infra/auth-passkey";
import { requirePatient } from "@/lib/infra/session";
import { signOutAction } from "../account/actions";

export default async function MyLayout({ children }: { children: ReactNode }) {
  const patient = await requirePatient();
  const locale = await getLocale();
  const t = await getTranslations("areas.my");
  const common = await getTranslations("common");
  const nav = [
    { href: `/${locale}/my`, label: t("cases") },
    { href: `/${locale}/account`, label: t("account") },
  ];
  const languages = LOCALES.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }));
  return (
    <PatientShell
      locale={locale}
      phone={OPERATOR.phone}
      nav={nav}
      person={<SignOut name={patient.name} action={signOutAction} />}
      languages={<LanguageMenu compact label={common("language")} languages={languages} current={locale} />}
    >
      {children}
      <StaySignedIn
        person={patient}
        minutes={idleMinutes([patient.role])}
        relyingParty={relyingParty()?.id ?? null}
      />
    </PatientShell>
  );
}
