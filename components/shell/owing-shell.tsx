import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SignOut } from "@/components/shell/sign-out";
import { StaffShell } from "@/components/shell/staff-shell";

interface OwingShellProps {
  name: string;
  signOut: () => Promise<void>;
  children: ReactNode;
}

/** The dense frame of somebody who may reach nothing but their own account. */
export function OwingShell({ name, signOut, children }: OwingShellProps) {
  const t = useTranslations("common");
  const words = useTranslations("areas.my");
  const account = { href: `/${useLocale()}/account`, label: words("account") };
  return (
    <StaffShell area={t("brand")} nav={[account]} person={<SignOut name={name} action={signOut} />}>
      {children}
    </StaffShell>
  );
}
