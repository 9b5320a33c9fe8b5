"use client";

import { usePathname } from "next/navigation";

export interface Language {
  locale: string;
  name: string;
}

/** The same page in the other languages: plain links, a full load each, as the whole page changes direction. */
export function LanguageLinks({ languages, current }: { languages: readonly Language[]; current: string }) {
  const path = usePathname();
  const rest = path.replace(/^\/[^/]+/, "");
  return (
    <ul className="py-1">
      {languages.map(({ locale, name }) => (
        <li key={locale}>
          <a
            href={`/${locale}${rest}`}
            lang={locale}
            hrefLang={locale}
            aria-current={locale === current ? "true" : undefined}
            className="flex min-h-11 items-center px-4 font-[system-ui,sans-serif] hover:bg-primary-tint aria-[current=true]:font-semibold"
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
