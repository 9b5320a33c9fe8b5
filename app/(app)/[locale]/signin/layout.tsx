import type { ReactNode } from "react";
import { VisitorShell } from "@/components/shell/visitor-shell";

export default function SignInLayout({ children }: { children: ReactNode }) {
  return <VisitorShell>{children}</VisitorShell>;
}
