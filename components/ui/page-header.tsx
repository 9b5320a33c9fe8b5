import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  /** Breadcrumbs or a small line above. */
  above?: ReactNode;
  /** The one primary act of the screen, always in this place. */
  act?: ReactNode;
}

export function PageHeader({ title, lead, above, act }: PageHeaderProps) {
  return (
    <header className="mb-gap-l space-y-gap">
      {above}
      <div className="flex flex-wrap items-start justify-between gap-gap">
        <div className="max-w-prose min-w-0 space-y-gap">
          <h1 className="text-(length:--title)">{title}</h1>
          {lead === undefined ? null : <div className="text-ink-soft">{lead}</div>}
        </div>
        {act}
      </div>
    </header>
  );
}
