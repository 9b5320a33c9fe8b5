import Link from "next/link";

export interface FilterChoice {
  /** What stands in the address; empty for all. */
  value: string;
  label: string;
  /** How many rows it leaves, where that is known. */
  count?: string;
}

interface FilterLinksProps {
  label: string;
  choices: readonly FilterChoice[];
  current: string;
  /** The address with a choice in it; the other filters stay. */
  hrefOf: (value: string) => string;
}

/** What is chosen of some filters, as it stands in an address; what is empty or missing is left out. */
export function filterQuery(chosen: Record<string, string | undefined>): string {
  const said = Object.entries(chosen).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return new URLSearchParams(said).toString();
}

/** One filter of a list as links: what is chosen stands in the address, to be kept and sent on. */
export function FilterLinks({ label, choices, current, hrefOf }: FilterLinksProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-x-gap">
      <span aria-hidden className="text-sm text-ink-soft">
        {label}:
      </span>
      <ul className="flex flex-wrap gap-x-gap">
        {choices.map((choice) => (
          <li key={choice.value}>
            <Link
              href={hrefOf(choice.value)}
              prefetch={false}
              aria-current={choice.value === current ? "true" : undefined}
              className="link inline-flex min-h-control items-center aria-[current=true]:font-semibold aria-[current=true]:text-ink aria-[current=true]:no-underline"
            >
              <span>
                <bdi>{choice.label}</bdi>
                {choice.count === undefined ? null : ` (${choice.count})`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
