import { LinkButton } from "@/components/ui/button";

interface PagerProps {
  label: string;
  /** Addresses with a cursor; absent at the ends. There are no page numbers: lists are read by key. */
  first?: string;
  next?: string;
  firstLabel: string;
  nextLabel: string;
}

export function Pager({ label, first, next, firstLabel, nextLabel }: PagerProps) {
  if (first === undefined && next === undefined) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap justify-between gap-gap py-gap">
      {first === undefined ? <span /> : <LinkButton href={first}>{firstLabel}</LinkButton>}
      {next === undefined ? null : <LinkButton href={next}>{nextLabel}</LinkButton>}
    </nav>
  );
}
