interface LabelProps {
  text: string;
  /** Where the words begin, end or are centred, by `side`. */
  x: number;
  y: number;
  side?: "start" | "middle" | "end";
  /** What the words name: a hairline ends there with a dot. */
  to?: readonly [x: number, y: number];
  /** The subject of the drawing is set in the colour of the subject. */
  strong?: boolean;
  /** Letters in a line before it is broken at a space. */
  lettersMax?: number;
}

const LINE_HEIGHT = 16.5;
/** From the words to the beginning of their hairline. */
const GAP = 5;

/** Words on a drawing. `side` is meant on paper, not in reading direction: the drawing stands still. */
export function Label({ text, x, y, side = "middle", to, strong = false, lettersMax = 12 }: LabelProps) {
  const lines = brokenAtSpaces(text, lettersMax);
  const first = y - ((lines.length - 1) * LINE_HEIGHT) / 2 + 4.5;
  return (
    <>
      {to === undefined ? null : <Hairline from={[beside(x, side), y]} to={to} />}
      <text className={strong ? "picture-name" : "picture-word"} textAnchor={side}>
        {lines.map((line, index) => (
          <tspan key={line} x={x} y={first + index * LINE_HEIGHT}>
            {line}
          </tspan>
        ))}
      </text>
    </>
  );
}

function Hairline({ from, to }: { from: readonly [number, number]; to: readonly [number, number] }) {
  return (
    <>
      <path className="picture-hair" d={`M${from.join(" ")}L${to.join(" ")}`} />
      <circle className="picture-dot" cx={to[0]} cy={to[1]} r="1.8" />
    </>
  );
}

function beside(x: number, side: LabelProps["side"]): number {
  if (side === "end") return x + GAP;
  return side === "start" ? x - GAP : x;
}

export function brokenAtSpaces(text: string, lettersMax: number): string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || `${last} ${word}`.length > lettersMax) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
