import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-look";
import type { ButtonLook } from "@/components/ui/button-look";

// Public pages are whole documents from a cache: a plain link costs them no script. Inside the signed-in areas
// TextLink and LinkButton open the next page in place.

export function PlainLink({ href, children, lang }: { href: string; children: ReactNode; lang?: string }) {
  return (
    <a href={href} className="link" lang={lang} hrefLang={lang}>
      {children}
    </a>
  );
}

interface PlainLinkButtonProps {
  href: string;
  look?: ButtonLook;
  className?: string;
  children: ReactNode;
}

export function PlainLinkButton({ href, look = "quiet", className, children }: PlainLinkButtonProps) {
  return (
    <a href={href} className={buttonClass(look, className)}>
      {children}
    </a>
  );
}
