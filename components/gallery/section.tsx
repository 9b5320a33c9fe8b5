import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

export type SectionName =
  | "ground"
  | "buttons"
  | "forms"
  | "refused"
  | "notices"
  | "money"
  | "ways"
  | "tables"
  | "letters"
  | "states"
  | "trade";

interface SectionProps {
  name: SectionName;
  children: ReactNode;
}

/** One part of the gallery, at an anchor of its own; pictures are taken of each by itself. */
export function Section({ name, children }: SectionProps) {
  const t = useTranslations("gallery.name");
  return (
    <section
      id={name}
      aria-labelledby={`${name}-title`}
      className="space-y-gap-m border-t border-line py-gap-l"
    >
      <h2 id={`${name}-title`} className="text-xl">
        {t(name)}
      </h2>
      {children}
    </section>
  );
}

/** The same in both densities, side by side where there is room. Forms keep their radio buttons apart. */
export function Densities({ children }: { children: ReactNode }) {
  const t = useTranslations("gallery");
  return (
    <div className="grid gap-gap-l lg:grid-cols-2">
      {(["quiet", "dense"] as const).map((density) => (
        <form key={density} data-density={density} className="min-w-0 space-y-gap-m">
          <p className="border-b border-line pb-1 text-sm text-ink-soft">{t(density)}</p>
          {children}
        </form>
      ))}
    </div>
  );
}
