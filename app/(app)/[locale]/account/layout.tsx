import type { ReactNode } from "react";
import { OwingShell } from "@/components/shell/owing-shell";
import { requireOwner } from "@/lib/infra/session";
import CabinetLayout from "../cabinet/layout";
import DeskLayout from "../desk/layout";
import MyLayout from "../my/layout";
import { signOutAction } from "./actions";

/**
 * The account stands in the frame of the area its owner works or lives in, with the same links; without any while a
 * second factor is owed, because none of them would open.
 */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { owner, identity } = await requireOwner();
  if (identity.owesFactor)
    return (
      <OwingShell name={owner.name} signOut={signOutAction}>
        {children}
      </OwingShell>
    );
  switch (owner.role) {
    case "patient":
      return <MyLayout>{children}</MyLayout>;
    case "clinic_reviewer":
    case "clinic_manager":
      return <CabinetLayout>{children}</CabinetLayout>;
    default:
      return <DeskLayout>{children}</DeskLayout>;
  }
}
