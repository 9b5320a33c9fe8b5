import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { StaySignedIn } from "@/components/people/stay-signed-in";
import { CommandPalette } from "@/components/shell/command-palette";
import { LanguageMenu } from "@/components/shell/language-menu";
import { SignOut } from "@/components/shell/sign-out";
import { StaffShell } from "@/components/shell/staff-shell";
import { LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { Words } from "@/i18n/words";
import { idleMinutes } from "@/lib/infra/auth-life";
import { relyingParty } from "@/lib/infra/auth-passkey";
import { currentIdentity, requireAnyOf } from "@/lib/infra/session";
import { rolesOf } from "@/lib/people/person";
import { signOutAction } from "../account/actions";

export default async function CabinetLayout({ children }: { children: ReactNode }) {
  const person = await requireAnyOf("clinic_manager", "clinic_reviewer");
  const locale = await getLocale();
  const t = await getTranslations("areas.cabinet");
  const common = await getTranslations("common");
  const languages = LOCALES.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }));
  const link = (path: string, label: string) => ({ href: `/${locale}/cabinet${path}`, label });
  const areas = {
    clinic_reviewer: [link("", t("home")), link("/reviews", t("reviews"))],
    clinic_manager: [
      link("", t("home")),
      link("/bookings", t("bookings")),
      link("/listing", t("listing")),
      link("/prices", t("prices")),
      link("/doctors", t("doctors")),
      link("/results", t("results")),
      link("/capacity", t("capacity")),
      link("/ages", t("ages")),
    ],
  };
  const held = (await currentIdentity())?.roles ?? [];
  const own = rolesOf("clinic").flatMap((role) => (held.includes(role) ? areas[role] : []));
  // Two roles may lead to one page.
  const once = [...new Map(own.map((page) => [page.href, page])).values()];
  const pages = [...once, { href: `/${locale}/account`, label: t("account") }];
  return (
    <StaffShell
      area={t("name")}
      nav={pages}
      tools={
        <>
          <Words of={["palette"]}>
            <CommandPalette pages={pages.map(({ href, label }) => ({ id: href, href, label }))} />
          </Words>
          <LanguageMenu compact label={common("language")} languages={languages} current={locale} />
        </>
      }
      person={<SignOut name={person.name} action={signOutAction} />}
    >
      {children}
      <StaySignedIn
        person={person}
        minutes={idleMinutes([person.role])}
        relyingParty={relyingParty()?.id ?? null}
      />
    </StaffShell>
  );
}
