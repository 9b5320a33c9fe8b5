import { LEAFLETS, leafletPath, RING } from "@/components/ui/valve";

interface ValveMarkProps {
  /** 0 closed (the mark itself) to 1 open; a case opens it as it moves forward. */
  opening?: number;
  /** Pixels. */
  size?: number;
  /** What it tells; without it the drawing is decoration. */
  label?: string;
  /** One beat a second; still when reduced motion is asked for. */
  beats?: boolean;
}

/** Mark, progress sign, loading sign and empty-state drawing: one drawing for all four. */
export function ValveMark({ opening = 0, size = 24, label, beats = false }: ValveMarkProps) {
  const naming = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      strokeWidth={size > 48 ? 0.6 : size > 28 ? 1 : 1.35}
      className={beats ? "valve valve-beats shrink-0" : "valve shrink-0"}
      {...naming}
    >
      <circle className="valve-ring" cx={RING.centre} cy={RING.centre} r={RING.radius} />
      <Leaflets className="valve-leaflets" opening={opening} />
      {beats ? <Leaflets className="valve-opened" opening={1} /> : null}
    </svg>
  );
}

function Leaflets({ className, opening }: { className: string; opening: number }) {
  return (
    <g className={className}>
      {LEAFLETS.map((axis) => (
        <path key={axis} d={leafletPath(axis, opening)} />
      ))}
    </g>
  );
}
