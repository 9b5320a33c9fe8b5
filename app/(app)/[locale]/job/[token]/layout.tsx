import type { ReactNode } from "react";
import { VisitorShell } from "@/components/shell/visitor-shell";
import { OwnWords } from "@/i18n/own-words";

export default function JobLayout({ children }: { children: ReactNode }) {
  return (
    <VisitorShell>
      <div className="mx-auto max-w-prose">
        <OwnWords of="job">{children}</OwnWords>
      </div>
    </VisitorShell>
  );
}
