interface OfHundredProps {
  /** How many of a hundred, rounded to whole people. */
  met: number;
  /** Side of the drawing in pixels. */
  size?: number;
}

const ROW = 10;

/** A hundred people as ten rows of dots, filled from the top in reading direction. Only a picture of the number beside it. */
export function OfHundred({ met, size = 44 }: OfHundredProps) {
  const filled = Math.max(0, Math.min(met, ROW * ROW));
  return (
    <svg
      viewBox={`0 0 ${ROW} ${ROW}`}
      width={size}
      height={size}
      aria-hidden
      className="hundred rtl:-scale-x-100"
    >
      <path d={rows(0, ROW * ROW)} />
      {filled === 0 ? null : <path className="hundred-met" d={rows(0, filled)} />}
    </svg>
  );
}

/** Each row is one dashed line with round ends: dots, in as many characters as there are rows. */
function rows(from: number, to: number): string {
  const parts: string[] = [];
  for (let row = Math.floor(from / ROW); row * ROW < to; row += 1) {
    const last = Math.min(ROW, to - row * ROW);
    parts.push(`M.5 ${row + 0.5}H${last - 0.5 + 0.01}`);
  }
  return parts.join("");
}
