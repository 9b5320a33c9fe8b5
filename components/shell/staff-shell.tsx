import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { NavLinks } from "@/components/shell/nav-links";
import type { NavItem } from "@/components/shell/nav-links";

interface StaffShellProps {
  /** "Desk" or the name of the clinic. */
  area: string;
  /** Links at the side; the first is the area's root. */
  nav: readonly NavItem[];
  /** Name and sign-out form. */
  person: ReactNode;
  /** Search or clocks, in the bar above. */
  tools?: ReactNode;
  children: ReactNode;
}

/** The dense frame of desk and cabinet: links at the side, folded into a disclosure on a narrow screen. */
export function StaffShell({ area, nav, person, tools, children }: StaffShellProps) {
  const t = useTranslations("common");
  const root = nav[0]?.href ?? "/";
  return (
    <div data-density="dense" className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <aside className="no-print hidden border-e border-line bg-card lg:block">
        <div className="sticky top-0 flex max-h-dvh flex-col gap-gap-m overflow-y-auto p-3">
          <Brand href={root} name={area} />
          <nav aria-label={t("nav.label")}>
            <NavLinks items={nav} root={root} />
          </nav>
        </div>
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="no-print flex flex-wrap items-center gap-2 border-b border-line px-4 py-1.5 sm:gap-gap-m">
          <details className="group lg:hidden">
            <summary className="flex min-h-11 list-none items-center rounded-md border border-edge px-3 [&::-webkit-details-marker]:hidden">
              {t("menu")}
            </summary>
            <nav
              aria-label={t("nav.label")}
              className="absolute inset-x-0 z-20 mt-1.5 border-y border-line bg-card p-2 shadow-float"
            >
              <NavLinks items={nav} root={root} />
            </nav>
          </details>
          <span className="font-semibold lg:hidden">{area}</span>
          {tools}
          <div className="ms-auto flex items-center gap-gap">{person}</div>
        </header>
        <main id="main" tabIndex={-1} className="w-full min-w-0 flex-1 px-4 py-gap-l">
          {children}
        </main>
      </div>
    </div>
  );
}
