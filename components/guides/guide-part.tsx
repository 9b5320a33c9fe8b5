import type { ReactNode } from "react";

interface GuidePartProps {
  id: string;
  title: string;
  lead?: string;
  children: ReactNode;
}

/** One titled part of a guide, with an address of its own. */
export function GuidePart({ id, title, lead, children }: GuidePartProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="mb-2 text-xl">
        {title}
      </h2>
      {lead === undefined ? null : <p className="mb-gap max-w-prose text-ink-soft">{lead}</p>}
      {children}
    </section>
  );
}
