"use client";

import { usePathname } from "next/navigation";

export interface PublicNavItem {
  href: string;
  label: string;
}

/** Links of the public header; marks the one whose pages the reader is on. */
export function PublicNav({ items, className }: { items: readonly PublicNavItem[]; className?: string }) {
  const path = usePathname();
  return (
    <ul className={className}>
      {items.map(({ href, label }) => (
        <li key={href}>
          <a
            href={href}
            aria-current={path === href || path.startsWith(`${href}/`) ? "page" : undefined}
            className="flex min-h-control items-center rounded-md px-3 hover:bg-primary-tint aria-[current=page]:bg-primary-tint aria-[current=page]:font-semibold"
          >
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
