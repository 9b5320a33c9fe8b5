/** The root of the aorta cut along its length, in a box of 180 by 220: aorta above, left chamber below. */
export const ROOT_BOX = { width: 180, height: 220 } as const;
const MIDDLE = 90;

/** The left half of what is the same on both sides; `mirrored` gives the right half. */
export const ROOT_WALL =
  "M56 0V58C34 68 36 116 54 130L55 150C54 176 47 198 42 220H31C35 196 44 176 45 152L43 138C20 122 20 72 46 54V0Z";
export const CORONARY = "M41 86C26 84 16 88 6 96M40 98C28 96 20 100 12 106";
/** Native leaflets: hanging into the stream, stiff with lime; pressed to the wall by a stent. */
export const NATIVE = {
  stiff: "M54 130C58 112 66 98 80 92C82 90 84 94 82 97C74 106 66 118 60 131Z",
  pressed: "M54 130C50 116 49 102 51 88C54 86 57 88 57 92C56 104 57 118 60 131Z",
} as const;
export const LIME_SPOTS = "M62 116h.1M69 106h.1M76 98h.1M60 125h.1";

export const MIRRORED = `translate(${MIDDLE * 2} 0) scale(-1 1)`;

/** A cylinder of lozenges seen from the front: columns stand closer towards its edges. */
export function mesh(radius: number, top: number, bottom: number, rows: number, columns = 8): string {
  const xs = Array.from(
    { length: columns + 1 },
    (_, index) => Math.round(10 * (MIDDLE - radius * Math.cos((Math.PI * index) / columns))) / 10,
  );
  const step = (bottom - top) / rows;
  const lines = Array.from({ length: rows }, (_, row) => {
    const high = Math.round(10 * (top + row * step)) / 10;
    const low = Math.round(10 * (high + step)) / 10;
    const down = xs.map((x, index) => `${x} ${index % 2 === 0 ? high : low}`).join("L");
    const up = xs.map((x, index) => `${x} ${index % 2 === 0 ? low : high}`).join("L");
    return `M${down}M${up}`;
  });
  return lines.join("");
}
