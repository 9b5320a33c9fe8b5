import type { CitySetting } from "./city-settings";

/** The parts of a city scene that are thrown, not given: houses, hills, water. Units of a sheet of 160 by 100. */
export type Dice = () => number;

const GROUND = 76;
const LEFT = 6;
const RIGHT = 154;

/** The same name gives the same throws. */
export function diceOf(text: string): Dice {
  let state = Array.from(text).reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619),
    2_166_136_261,
  );
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393;
    return ((state ^ (state >>> 13)) >>> 0) / 4_294_967_296;
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

interface Span {
  from: number;
  to: number;
}

/** Widths and heights of ordinary houses. */
const HOUSES = {
  gables: { width: [9, 14], height: [12, 20] },
  blocks: { width: [11, 18], height: [15, 26] },
  towers: { width: [8, 13], height: [20, 46] },
  cubes: { width: [9, 16], height: [9, 20] },
} as const satisfies Record<CitySetting["houses"], object>;

/** Houses side by side, leaving out what landmarks take; `share` of the usual height. */
export function houseRow(
  kind: CitySetting["houses"],
  dice: Dice,
  taken: readonly Span[],
  share: number,
): string {
  const { width, height } = HOUSES[kind];
  const paths: string[] = [];
  let x = LEFT;
  while (x < RIGHT - width[0]) {
    const wide = tenth(width[0] + dice() * (width[1] - width[0]));
    const high = tenth((height[0] + dice() * (height[1] - height[0])) * share);
    const right = x + wide;
    const hit = taken.find((span) => span.from < right + 1 && span.to > x - 1);
    if (hit !== undefined) x = hit.to + 1;
    else {
      if (right <= RIGHT) paths.push(house(kind, tenth(x), wide, high, dice()));
      x = right + (dice() < 0.25 ? 2 : 0);
    }
  }
  return paths.join("");
}

function house(
  kind: CitySetting["houses"],
  x: number,
  wide: number,
  high: number,
  throwOfRoof: number,
): string {
  const half = tenth(wide / 2);
  const start = `M${x} ${GROUND}v-${high}`;
  const end = `v${high}`;
  if (kind === "gables") return `${start}l${half} -${tenth(half * 1.1)}l${half} ${tenth(half * 1.1)}${end}`;
  if (kind === "towers" && throwOfRoof < 0.3) return `${start}l${wide} -5v5${end}`;
  if (kind === "towers" && throwOfRoof < 0.5) return `${start}h${half}v-7v7h${half}${end}`;
  if (kind === "cubes" && throwOfRoof < 0.25) return `${start}q${half} -${half} ${wide} 0${end}`;
  if (kind === "blocks" && throwOfRoof < 0.4) return `${start}l2 -4h${tenth(wide - 4)}l2 4${end}`;
  return `${start}h${wide}${end}`;
}

/** What lies behind the city. */
export function farLine(kind: CitySetting["far"], dice: Dice): string {
  const high = () => tenth(34 + dice() * 14);
  if (kind === "open") return "";
  if (kind === "hills") return `M2 62Q28 ${high()} 62 ${high() + 4}T116 ${high() + 6}T158 60`;
  if (kind === "mountains") {
    return `M2 58L22 ${high()}L32 46L50 ${high() - 8}L68 48L84 ${high()}L98 50L118 ${high() - 8}L134 46L146 ${high()}L158 56`;
  }
  return `M2 70C4 ${high()} 14 ${high() - 6} 18 70M26 70C30 ${high() - 8} 44 ${high() - 8} 46 70M112 70C114 ${high()} 126 ${high() - 6} 130 70M136 70C138 ${high() - 4} 150 ${high() - 10} 154 70`;
}

/** What lies before it: fine lines, then the teal ones. */
export function nearLines(kind: CitySetting["near"], dice: Dice): readonly [fine: string, teal: string] {
  const shore = `M2 ${GROUND}H158`;
  const at = tenth(16 + dice() * 90);
  if (kind === "river") return [`${shore}M2 94Q80 90 158 94`, bridge(at) + waves([89], dice)];
  if (kind === "sea") return [shore, boat(at) + waves([84, 90, 96], dice)];
  if (kind === "dunes")
    return [shore, `M2 92Q40 ${tenth(78 + dice() * 6)} 78 90Q112 80 158 90M30 97Q70 90 112 97`];
  return [`${shore}M2 96Q80 ${tenth(84 + dice() * 8)} 158 96`, trees(dice)];
}

function waves(heights: readonly number[], dice: Dice): string {
  return heights.map((y) => `M${tenth(8 + dice() * 70)} ${y}q5 -3 10 0t10 0t10 0t10 0t10 0`).join("");
}

function bridge(x: number): string {
  return `M${x} 84q6 -7 12 0q6 -7 12 0q6 -7 12 0q6 -7 12 0M${x - 4} 79H${x + 52}`;
}

function boat(x: number): string {
  return `M${x} 88h14l-3 4h-8zM${x + 6} 87v-11l7 10h-7`;
}

function trees(dice: Dice): string {
  return Array.from({ length: 6 }, (_, index) => {
    const x = tenth(10 + index * 25 + dice() * 14);
    return `M${x} 92v-4c-5 0 -5 -9 0 -10c5 1 5 10 0 10`;
  }).join("");
}
