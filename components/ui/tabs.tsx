import Link from "next/link";
import type { ReactNode } from "react";

export interface Tab {
  href: string;
  label: ReactNode;
  current?: boolean;
  /** A few words behind the link, not part of its name: how much waits there. */
  count?: string;
  /** The key that opens it, where the page listens for one. */
  shortcut?: string;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  /** Many tabs break into rows on a small screen, so that the one that is open is never out of sight. */
  wraps?: boolean;
}

/** Parts of one thing, each with its own address. */
export function Tabs({ label, tabs, wraps = false }: TabsProps) {
  return (
    <nav aria-label={label} className={`border-b border-line ${wraps ? "" : "overflow-x-auto"}`}>
      <ul className={`flex gap-x-gap ${wraps ? "flex-wrap" : ""}`}>
        {tabs.map((tab) => (
          <li key={tab.href} className="flex items-center">
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.current ? "page" : undefined}
              aria-keyshortcuts={tab.shortcut}
              className="flex min-h-control items-center gap-2 border-b-2 border-transparent px-2 whitespace-nowrap hover:border-edge aria-[current=page]:border-primary aria-[current=page]:font-semibold"
            >
              {tab.label}
            </Link>
            {tab.count === undefined ? null : (
              <span className="rounded-full bg-primary-tint px-2 text-sm font-semibold whitespace-nowrap">
                {tab.count}
              </span>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
