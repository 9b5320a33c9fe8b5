import type { ReactNode } from "react";

interface PassageProps {
  id: string;
  title: ReactNode;
  children: ReactNode;
}

/** One titled part of a longer text, with an address of its own. */
export function Passage({ id, title, children }: PassageProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="mt-gap-l">
      <h2 id={`${id}-title`} className="mb-gap text-xl">
        {title}
      </h2>
      <div className="prose">{children}</div>
    </section>
  );
}
