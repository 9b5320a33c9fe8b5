import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SignOut } from "@/components/shell/sign-out";
import { StaffShell } from "@/components/shell/staff-shell";
import { requireAnyOf } from "@/lib/infra/session";
import { signOutAction } from "../account/actions";

export default async function CabinetLayout({ children }: { children: ReactNode }) {
  const person = await requireAnyOf("clinic_manager", "clinic_reviewer");
  const locale = await getLocale();
  const t = await getTranslations("areas.cabinet");
  const link = (path: string, label: string) => ({ href: `/${locale}/cabinet${path}`, label });
  const nav = {
    clinic_reviewer: [link("", t("reviews"))],
    clinic_manager: [
      link("/bookings", t("bookings")),
      link("/listing", t("listing")),
      link("/prices", t("prices")),
      link("/doctors", t("doctors")),
      link("/results", t("results")),
      link("/capacity", t("capacity")),
    ],
  }[person.role];
  return (
    <StaffShell
      area={t("name")}
      nav={[...nav, { href: `/${locale}/account`, label: t("account") }]}
      person={<SignOut name={person.name} action={signOutAction} />}
    >
      {children}
    </StaffShell>
  );
}
