"use client";

import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { CASE_SECTIONS, type CaseSection, sectionOf } from "@/components/cases/case-sections";
import { LineSign } from "@/components/ui/line-sign";

interface CaseTabLinksProps {
  base: string;
  words: Record<CaseSection | "label", string>;
  /** Sections this reader may not open. */
  closed: readonly CaseSection[];
  /** Says how many messages the reader has not read; null when there is none. */
  unread: ReactNode;
}

/** The sections of a case as plain links: a bar, or on a phone a list behind the name of the open one. */
export function CaseTabLinks({ base, words, closed, unread }: CaseTabLinksProps) {
  const path = usePathname();
  const router = useRouter();
  const isReading = unread !== null && path === `${base}/messages`;
  // The bar outlives the page below it: once the thread is open, it asks again what is unread.
  useEffect(() => {
    if (isReading) router.refresh();
  }, [isReading, router]);
  const current = sectionOf(path, base);
  const sections = CASE_SECTIONS.filter((section) => !closed.includes(section)).map((section) => {
    const href = section === "overview" ? base : `${base}/${section}`;
    return {
      href,
      name: words[section],
      mark: section === "messages" && !isReading ? unread : null,
      open: section === current,
    };
  });
  const here = sections.find((section) => section.open)?.name ?? words.overview;
  return (
    <nav aria-label={words.label} className="no-print mb-gap-l">
      {/* A new key closes the list once another section has been chosen. */}
      <details key={path} className="relative md:hidden">
        <summary className="flex min-h-11 list-none items-center justify-between rounded-md border border-edge bg-card px-4 font-semibold [&::-webkit-details-marker]:hidden">
          {here}
          {isReading || here === words.messages ? null : unread}
          <Chevron />
        </summary>
        <ul className="absolute inset-x-0 top-full z-20 mt-1 rounded-md border border-line bg-card py-1 shadow-float">
          {sections.map((section) => (
            <li key={section.href} className="flex items-center gap-2 pe-4">
              <SectionLink {...section} look="flex-1 px-4 aria-[current=page]:bg-primary-tint" />
              {section.mark}
            </li>
          ))}
        </ul>
      </details>
      <ul className="hidden gap-x-0.5 border-b border-line text-base whitespace-nowrap md:flex md:flex-wrap">
        {sections.map((section) => (
          <li key={section.href} className="flex items-center">
            <SectionLink
              {...section}
              look="border-b-2 border-transparent px-2.5 hover:border-edge aria-[current=page]:border-primary"
            />
            {section.mark}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SectionLink({
  href,
  name,
  open,
  look,
}: {
  href: string;
  name: string;
  open: boolean;
  look: string;
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={open ? "page" : undefined}
      className={`flex min-h-11 items-center aria-[current=page]:font-semibold ${look}`}
    >
      {name}
    </Link>
  );
}

function Chevron() {
  return (
    <LineSign>
      <path d="m3 6 5 5 5-5" />
    </LineSign>
  );
}
