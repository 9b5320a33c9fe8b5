import { LEAFLETS, leafletPath, RING } from "@/components/ui/valve";
import type { Layer } from "./layer";

const OPENINGS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;

export const CARD_VALVE_BOX = { width: RING.centre * 2, height: RING.centre * 2 } as const;

function circle(radius: number): string {
  const { centre } = RING;
  return `M${centre - radius} ${centre}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
}

/** The mark as an atlas plate: one leaflet at each stage of its opening, the closed one in colour. */
export function cardValve(): Layer[] {
  return [
    { d: circle(RING.radius + 0.6), look: "faint" },
    { d: circle(RING.radius), look: "leaf" },
    ...OPENINGS.toReversed().flatMap((opening) =>
      LEAFLETS.map((axis): Layer => ({
        d: leafletPath(axis, opening),
        look: opening === 0 ? "subject" : "faint",
      })),
    ),
  ];
}

/** The mark itself. */
export function cardMark(): Layer[] {
  return [
    { d: circle(RING.radius), look: "subject" },
    ...LEAFLETS.map((axis): Layer => ({ d: leafletPath(axis, 0), look: "subject" })),
  ];
}
