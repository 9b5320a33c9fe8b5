import { LanguageLinks } from "@/components/shell/language-links";
import type { Language } from "@/components/shell/language-links";

interface LanguageMenuProps {
  label: string;
  languages: readonly Language[];
  current: string;
  /** On a phone the globe stands alone; the name is still read aloud. */
  compact?: boolean;
}

/** A native disclosure: it opens without JavaScript. */
export function LanguageMenu({ label, languages, current, compact = false }: LanguageMenuProps) {
  const name = languages.find((language) => language.locale === current)?.name ?? current;
  return (
    <details className="group relative">
      <summary className="flex min-h-11 list-none items-center min-w-11 justify-center gap-1.5 rounded-md px-2 hover:bg-primary-tint [&::-webkit-details-marker]:hidden">
        <Globe />
        <span className="sr-only">{label}: </span>
        <span lang={current} className={compact ? "max-md:sr-only" : undefined}>
          {name}
        </span>
      </summary>
      <div className="absolute end-0 top-full z-30 min-w-40 rounded-md border border-line bg-card shadow-float">
        <LanguageLinks languages={languages} current={current} />
      </div>
    </details>
  );
}

function Globe() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      aria-hidden
    >
      <circle cx="10" cy="10" r="7.5" />
      <path d="M2.5 10h15M10 2.5c-5 5-5 10 0 15c5-5 5-10 0-15" />
    </svg>
  );
}
