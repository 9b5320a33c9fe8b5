import Link from "next/link";
import type { ReactNode } from "react";

/** A link in running text. Never fetched ahead, so that no view is logged that nobody had. */
export function TextLink({ href, children, lang }: { href: string; children: ReactNode; lang?: string }) {
  return (
    <Link href={href} prefetch={false} className="link" lang={lang} hrefLang={lang}>
      {children}
    </Link>
  );
}
