import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { deskKeys } from "@/components/desk/desk-keys";
import { CommandPalette } from "@/components/shell/command-palette";
import { KeyHelp } from "@/components/shell/key-help";
import { StaySignedIn } from "@/components/people/stay-signed-in";
import { LanguageMenu } from "@/components/shell/language-menu";
import { SignOut } from "@/components/shell/sign-out";
import { StaffShell } from "@/components/shell/staff-shell";
import { formatNumber } from "@/components/ui/format";
import { LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { Words } from "@/i18n/words";
import { idleMinutes } from "@/lib/infra/auth-life";
import { WAITING_SHOWN_MAX, waitingFor } from "@/lib/desk/queries/inbox";
import { relyingParty } from "@/lib/infra/auth-passkey";
import { currentIdentity, requireAnyOf } from "@/lib/infra/session";
import { rolesOf } from "@/lib/people/person";
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
  const waiting = person.role === "coordinator" ? await waitingFor(person) : 0;
  const most = formatNumber(WAITING_SHOWN_MAX, locale);
  const count = waiting > WAITING_SHOWN_MAX ? `${most}+` : formatNumber(waiting, locale);
  const listings = link("/listings", t("listings"));
  const held = (await currentIdentity())?.roles ?? [];
  const pages = {
    coordinator: [
      link("", t("board")),
      { ...link("/inbox", t("inbox")), ...(waiting > 0 ? { count } : {}) },
      link("/cases", t("cases")),
      link("/waiting", t("waiting")),
      listings,
      link("/settings/suppliers", t("suppliers")),
    ],
    // Who holds both roles reaches them from the settings of an administrator.
    finance: [
      link("/money", t("money")),
      ...(held.includes("admin") ? [] : [link("/settings/money", t("settings"))]),
    ],
    admin: [listings, link("/people", t("people")), link("/settings", t("settings"))],
  };
  const own = rolesOf("operator").flatMap((role) => (held.includes(role) ? pages[role] : []));
  // Two roles may lead to one page.
  const once = [...new Map(own.map((page) => [page.href, page])).values()];
  const nav = [...once, { href: `/${locale}/account`, label: t("account") }];
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
      <StaySignedIn
        person={person}
        minutes={idleMinutes([person.role])}
        relyingParty={relyingParty()?.id ?? null}
      />
    </StaffShell>
  );
}
