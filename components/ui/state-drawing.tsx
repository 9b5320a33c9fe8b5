import { LEAFLETS, leafletPath, RING } from "@/components/ui/valve";

/** What a page can be instead of itself. */
export type StateKind = "missing" | "error" | "offline" | "maintenance" | "crowded" | "signed-out";

interface Look {
  /** How far each leaflet is open, 0 to 1. */
  openings: readonly [number, number, number];
  /** Nothing flows: the ring is only hinted at. */
  broken?: boolean;
}

const LOOKS: Readonly<Record<StateKind, Look>> = {
  missing: { openings: [0, 0, 0] },
  error: { openings: [0, 0.85, 0] },
  offline: { openings: [0, 0, 0], broken: true },
  maintenance: { openings: [1, 1, 1], broken: true },
  crowded: { openings: [0.25, 0.25, 0.25] },
  "signed-out": { openings: [0.6, 0.6, 0.6] },
};

/** The valve as it stands in each state: shut, one leaflet fallen, without flow, hardly open. Decoration only. */
export function StateDrawing({ kind }: { kind: StateKind }) {
  const { openings, broken = false } = LOOKS[kind];
  return (
    <svg viewBox="0 0 24 24" strokeWidth={0.5} aria-hidden className="valve size-20 text-primary md:size-36">
      <circle
        className="valve-ring"
        cx={RING.centre}
        cy={RING.centre}
        r={RING.radius}
        strokeDasharray={broken ? "0.8 1.2" : undefined}
      />
      {LEAFLETS.map((axis, index) => (
        <path key={axis} d={leafletPath(axis, openings[index] ?? 0)} />
      ))}
    </svg>
  );
}
