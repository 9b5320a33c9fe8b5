import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { NavLinks } from "@/components/shell/nav-links";
import type { NavItem } from "@/components/shell/nav-links";
import { PhoneLine } from "@/components/shell/phone-line";
import { TextLink } from "@/components/ui/text-link";

interface PatientShellProps {
  locale: string;
  phone: string;
  /** Links of the area; the first is its root. Empty before sign-in. */
  nav: readonly NavItem[];
  /** Name and sign-out form, or nothing before sign-in. */
  person?: ReactNode;
  languages?: ReactNode;
  children: ReactNode;
}

/** The quiet frame of everything a patient sees: one line of links, "I feel worse" and a person to call. */
export function PatientShell({ locale, phone, nav, person, languages, children }: PatientShellProps) {
  const t = useTranslations("common");
  const call = useTranslations("calls");
  return (
    <div data-density="quiet" className="flex min-h-dvh flex-col">
      <header className="no-print border-b border-line text-base">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 md:gap-x-4 md:px-8">
          <Brand href={nav[0]?.href ?? `/${locale}`} name={t("brand")} />
          <a
            href={`/${locale}/emergency`}
            className="ms-auto flex min-h-11 items-center rounded-md border border-danger px-3 font-semibold text-danger hover:bg-danger-tint md:order-2"
          >
            {t("urgent.worse")}
          </a>
          {languages === undefined ? null : <div className="md:order-3">{languages}</div>}
          {nav.length === 0 ? null : (
            <nav aria-label={t("nav.label")} className="-ms-3 me-auto md:order-1 md:me-0 md:ms-2">
              <NavLinks
                items={nav}
                root={nav[0]?.href}
                className="flex flex-wrap md:gap-1 [&_a]:whitespace-nowrap"
              />
            </nav>
          )}
          {person === undefined ? null : <div className="md:order-4">{person}</div>}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-page flex-1 px-4 py-gap-l md:px-8">
        {children}
      </main>
      <footer className="no-print border-t border-line bg-card text-base">
        <div className="mx-auto max-w-page px-4 py-gap-m md:px-8">
          <p className="font-semibold">{t("phone.label")}</p>
          <PhoneLine phone={phone} />
          {person === undefined ? null : (
            <p>
              <TextLink href={`/${locale}/my/call`}>{call("link")}</TextLink>
            </p>
          )}
        </div>
      </footer>
    </div>
  );
}
