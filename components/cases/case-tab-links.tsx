"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const SECTIONS = [
  "overview",
  "records",
  "clinics",
  "estimates",
  "booking",
  "statement",
  "messages",
  "documents",
  "companions",
  "access",
] as const;

interface CaseTabLinksProps {
  base: string;
  words: Record<(typeof SECTIONS)[number] | "label", string>;
}

/** The sections of a case as plain links; the open one is told to screen readers. */
export function CaseTabLinks({ base, words }: CaseTabLinksProps) {
  const path = usePathname();
  return (
    <nav aria-label={words.label} className="no-print mb-gap-l overflow-x-auto border-b border-line">
      <ul className="flex gap-1 whitespace-nowrap">
        {SECTIONS.map((section) => {
          const href = section === "overview" ? base : `${base}/${section}`;
          const open = section === "overview" ? path === base : path.startsWith(href);
          return (
            <li key={section}>
              <Link
                href={href}
                prefetch={false}
                aria-current={open ? "page" : undefined}
                className="flex min-h-11 items-center border-b-2 border-transparent px-3 hover:border-edge aria-[current=page]:border-primary aria-[current=page]:font-semibold"
              >
                {words[section]}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
