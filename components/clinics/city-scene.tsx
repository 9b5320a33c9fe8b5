interface CitySceneProps {
  slug: string;
  className?: string;
}

/** A line drawing of a skyline, grown from the name of the house: each different, the same every time. */
export function CityScene({ slug, className }: CitySceneProps) {
  const dice = diceOf(slug);
  const sun = { x: 30 + dice() * 100, y: 22 + dice() * 14 };
  return (
    <svg
      viewBox="0 0 160 100"
      className={className}
      fill="none"
      stroke="var(--ink)"
      strokeWidth="1.25"
      strokeLinejoin="round"
      aria-hidden
    >
      <circle cx={sun.x} cy={sun.y} r={7 + dice() * 4} stroke="var(--primary)" />
      <path d={hills(dice)} stroke="var(--edge)" opacity="0.7" />
      <path d={skyline(dice)} />
      <path d={water(dice)} stroke="var(--primary)" />
    </svg>
  );
}

type Dice = () => number;

function diceOf(text: string): Dice {
  let state = Array.from(text).reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619),
    2_166_136_261,
  );
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393;
    return ((state ^ (state >>> 13)) >>> 0) / 4_294_967_296;
  };
}

const round = (value: number) => Math.round(value * 10) / 10;

function hills(dice: Dice): string {
  const one = 38 + dice() * 18;
  const two = 34 + dice() * 22;
  return `M0 66 Q ${round(20 + dice() * 30)} ${round(one)} 80 62 T 160 ${round(two + 18)}`;
}

/** Roofs, towers and domes from left to right, one unbroken line. */
function skyline(dice: Dice): string {
  let x = 4;
  let path = "M4 80";
  while (x < 146) {
    const width = 8 + dice() * 13;
    const top = round(80 - (12 + dice() * 38));
    const right = round(Math.min(156, x + width));
    path += ` V${top} ${roof(dice(), x, right, top)} V80`;
    x = right + (dice() < 0.3 ? 3 : 0);
    path += ` H${round(x)}`;
  }
  return path;
}

function roof(kind: number, left: number, right: number, top: number): string {
  const middle = round((left + right) / 2);
  if (kind < 0.3) return `L${middle} ${round(top - 9)} L${right} ${top}`;
  if (kind < 0.5) return `Q${middle} ${round(top - 14)} ${right} ${top}`;
  if (kind < 0.62) return `H${middle} V${round(top - 11)} V${top} H${right}`;
  return `H${right}`;
}

function water(dice: Dice): string {
  return [86, 91, 96]
    .map((y) => {
      const start = round(8 + dice() * 50);
      return `M${start} ${y} q 6 -3 12 0 t 12 0 t 12 0 t 12 0`;
    })
    .join(" ");
}
