import type { ReactNode } from "react";
import { VisitorShell } from "@/components/shell/visitor-shell";
import { OwnWords } from "@/i18n/own-words";

export default function SendLayout({ children }: { children: ReactNode }) {
  return (
    <VisitorShell>
      <div className="mx-auto max-w-prose">
        <OwnWords of="uploadLinks">{children}</OwnWords>
      </div>
    </VisitorShell>
  );
}
