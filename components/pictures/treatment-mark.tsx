import type { ReactNode } from "react";
import type { TreatmentSlug } from "@/lib/guides/treatment";
import { MitralAbove, TricuspidAbove } from "./clip-steps";
import { StentFromAbove } from "./stent-from-above";
import { MechanicalValve, RingOnValve } from "./surgery";

const MARKS: Readonly<Partial<Record<TreatmentSlug, () => ReactNode>>> = {
  teer: () => <MitralAbove />,
  "tavi-transfemoral": () => <StentRaised />,
  "tavi-transapical": () => <StentRaised anchored />,
  "surgical-repair": () => <RingOnValve />,
  "surgical-replacement": () => <MechanicalValve />,
  "tricuspid-teer": () => <TricuspidAbove />,
};

/** The valve after a treatment, small and without words: a sign beside the name of the treatment. */
export function TreatmentMark({ slug, className = "" }: { slug: TreatmentSlug; className?: string }) {
  const drawn = MARKS[slug]?.();
  if (drawn === undefined) return null;
  return (
    <svg viewBox="0 0 120 120" aria-hidden className={`picture ${className}`}>
      {drawn}
    </svg>
  );
}

/** The drawing from above stands lower on its own sheet than on this one. */
function StentRaised({ anchored = false }: { anchored?: boolean }) {
  return (
    <g transform="translate(0 -13)">
      <StentFromAbove anchored={anchored} />
    </g>
  );
}
