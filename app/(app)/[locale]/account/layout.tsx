import type { ReactNode } from "react";
import { ROLES } from "@/lib/kernel/actor";
import { requireAnyOf } from "@/lib/infra/session";
import CabinetLayout from "../cabinet/layout";
import DeskLayout from "../desk/layout";
import MyLayout from "../my/layout";

/** The account stands in the frame of the area its owner works or lives in, with the same links. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { role } = await requireAnyOf(...ROLES);
  switch (role) {
    case "patient":
      return <MyLayout>{children}</MyLayout>;
    case "clinic_reviewer":
    case "clinic_manager":
      return <CabinetLayout>{children}</CabinetLayout>;
    default:
      return <DeskLayout>{children}</DeskLayout>;
  }
}
