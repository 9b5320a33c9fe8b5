import sharp from "sharp";

export type Rhythm = "sinus" | "atrial_fibrillation";

const WIDTH = 1_500;
const HEIGHT = 900;
const SQUARE = 10;
const ROWS = 3;
const SAVED_WIDTH = 1_000;
const drawn = new Map<Rhythm, Promise<Buffer>>();

/** A photographed sheet of an electrocardiogram: red squares, three traces, no name. Drawn once for each rhythm. */
export function ecgOf(rhythm: Rhythm): Promise<Buffer> {
  const found = drawn.get(rhythm) ?? drawEcg(rhythm);
  drawn.set(rhythm, found);
  return found;
}

function drawEcg(rhythm: Rhythm): Promise<Buffer> {
  const lines = (step: number, colour: string) => `<path stroke="${colour}" fill="none" d="${grid(step)}"/>`;
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const d = trace(rhythm, ((row + 0.55) * HEIGHT) / ROWS, 0.8 + row * 0.25);
    return `<path stroke="#20242c" stroke-width="2.4" fill="none" stroke-linejoin="round" d="${d}"/>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">` +
    `<rect width="100%" height="100%" fill="#fdf6f1"/>${lines(SQUARE, "#f5d3cb")}${lines(SQUARE * 5, "#e7a59b")}` +
    `${rows.join("")}</svg>`;
  return sharp(Buffer.from(svg)).resize(SAVED_WIDTH).jpeg({ quality: 72 }).toBuffer();
}

function grid(step: number): string {
  const columns = Array.from({ length: WIDTH / step + 1 }, (_, index) => `M${index * step} 0V${HEIGHT}`);
  const rows = Array.from({ length: HEIGHT / step + 1 }, (_, index) => `M0 ${index * step}H${WIDTH}`);
  return [...columns, ...rows].join("");
}

/** Beats of about 72 a minute; in fibrillation without a P wave, at uneven distances, over a trembling line. */
function trace(rhythm: Rhythm, baseline: number, size: number): string {
  const isUneven = rhythm === "atrial_fibrillation";
  let d = `M20 ${baseline}`;
  let beatAt = 70;
  let nextAt = beatAt + 210;
  for (let x = 22; x < WIDTH - 20; x += 2) {
    if (x >= nextAt - 60) {
      beatAt = nextAt;
      nextAt = beatAt + (isUneven ? 140 + ((beatAt * 37) % 130) : 210);
    }
    const tremble = isUneven ? 2.4 * Math.sin(x * 0.31) + 1.6 * Math.sin(x * 0.53) : 0;
    d += `L${x} ${(baseline - size * (heartbeat(x - beatAt, !isUneven) + tremble)).toFixed(1)}`;
  }
  return d;
}

/** Height of the line so far from the peak of a beat: P, Q, R, S and T as humps. */
export function heartbeat(from: number, hasP: boolean): number {
  const hump = (centre: number, width: number, height: number) =>
    height * Math.exp(-(((from - centre) / width) ** 2));
  const p = hasP ? hump(-38, 9, 9) : 0;
  return p + hump(-7, 3, -9) + hump(0, 4, 92) + hump(8, 4, -22) + hump(62, 17, 19);
}
