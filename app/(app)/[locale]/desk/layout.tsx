import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { deskKeys } from "@/components/desk/desk-keys";
import { CommandPalette } from "@/components/shell/command-palette";
import { KeyHelp } from "@/components/shell/key-help";
import { SignInAgain } from "@/components/people/sign-in-again";
import { LanguageMenu } from "@/components/shell/language-menu";
import { SignOut } from "@/components/shell/sign-out";
import { StaffShell } from "@/components/shell/staff-shell";
import { formatNumber } from "@/components/ui/format";
import { LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { Words } from "@/i18n/words";
import { idleMinutes } from "@/lib/infra/auth-life";
import { waitingFor } from "@/lib/desk/queries/inbox";
import { relyingParty } from "@/lib/infra/auth-passkey";
import { requireAnyOf } from "@/lib/infra/session";
import { signOutAction } from "../account/actions";

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const person = await requireAnyOf("coordinator", "finance", "admin");
  const locale = await getLocale();
  const t = await getTranslations("areas.desk");
  const common = await getTranslations("common");
  const words = await getTranslations("desk");
  const languages = LOCALES.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }));
  const link = (path: string, label: string) => ({ href: `/${locale}/desk${path}`, label });
  const isCoordinator = person.role === "coordinator";
  const waiting = person.role === "coordinator" ? await waitingFor(person, new Date()) : 0;
  const pages = {
    coordinator: [
      link("", t("board")),
      { ...link("/inbox", t("inbox")), ...(waiting > 0 ? { count: formatNumber(waiting, locale) } : {}) },
      link("/cases", t("cases")),
      link("/listings", t("listings")),
    ],
    finance: [link("/money", t("money"))],
    admin: [link("/listings", t("listings"))],
  }[person.role];
  const nav = [...pages, { href: `/${locale}/account`, label: t("account") }];
  return (
    <StaffShell
      area={t("name")}
      nav={nav}
      tools={
        <>
          <Words of={["palette"]}>
            <CommandPalette
              pages={nav.map(({ href, label }) => ({ id: href, href, label }))}
              {...(isCoordinator ? { search: `/${locale}/desk/find` } : {})}
              found={t("cases")}
              recent={words("cases.recent")}
            />
            {isCoordinator ? <KeyHelp groups={deskKeys(words)} /> : null}
          </Words>
          <LanguageMenu compact label={common("language")} languages={languages} current={locale} />
        </>
      }
      person={<SignOut name={person.name} action={signOutAction} />}
    >
      {children}
      <Words of={["again"]}>
        <SignInAgain
          personId={person.personId}
          email={person.email}
          minutes={idleMinutes([person.role])}
          relyingParty={relyingParty()?.id ?? null}
        />
      </Words>
    </StaffShell>
  );
}
