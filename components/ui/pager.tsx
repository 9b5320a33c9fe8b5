import { PlainLinkButton } from "@/components/ui/plain-link";

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
      {first === undefined ? <span /> : <PlainLinkButton href={first}>{firstLabel}</PlainLinkButton>}
      {next === undefined ? null : <PlainLinkButton href={next}>{nextLabel}</PlainLinkButton>}
    </nav>
  );
}
