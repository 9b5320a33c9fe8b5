"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { ValveMark } from "@/components/ui/valve-mark";

export interface NavItem {
  href: string;
  label: string;
  /** A small number behind the label: things waiting there. */
  count?: string;
}

interface NavLinksProps {
  items: readonly NavItem[];
  className?: string;
  /** Address of the area itself, current only when it is exactly this page. */
  root?: string;
}

/** Links of an area; marks the one whose pages the reader is on. */
export function NavLinks({ items, className = "", root }: NavLinksProps) {
  const path = usePathname();
  const isHere = (href: string) => path === href || (href !== root && path.startsWith(`${href}/`));
  return (
    <ul className={className}>
      {items.map((item) => (
        <li key={item.href}>
          <Link
            href={item.href}
            prefetch={false}
            aria-current={isHere(item.href) ? "page" : undefined}
            className="flex min-h-control items-center justify-between gap-2 rounded-md px-3 hover:bg-primary-tint aria-[current=page]:bg-primary-tint aria-[current=page]:font-semibold"
          >
            {item.label}
            <Waiting />
            {item.count === undefined ? null : <span className="text-sm text-ink-soft">{item.count}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Beats while the page behind the link is fetched. */
function Waiting() {
  const { pending } = useLinkStatus();
  return (
    <span aria-hidden className={pending ? "ms-auto text-primary" : "ms-auto hidden"}>
      <ValveMark size={16} beats />
    </span>
  );
}
