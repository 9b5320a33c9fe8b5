import type { ReactNode } from "react";

export interface Crumb {
  href: string;
  label: ReactNode;
}

/** The way back up; the page itself is the heading below and is not repeated. */
export function Breadcrumbs({ label, crumbs }: { label: string; crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label={label} className="text-sm">
      <ol className="flex flex-wrap gap-x-2">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href} className="flex items-center gap-2 text-ink-soft">
            <a href={crumb.href} className="link inline-flex min-h-control items-center">
              {crumb.label}
            </a>
            {/* The last one leads to what stands below: it needs no mark behind it. */}
            {index === crumbs.length - 1 ? null : (
              <span aria-hidden className="rtl:-scale-x-100">
                ›
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
