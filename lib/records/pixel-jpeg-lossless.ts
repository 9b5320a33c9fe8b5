import { BitReader, type JpegPlan, type JpegScan } from "./pixel-jpeg-stream";
import { FrameError } from "./pixel-samples";

const BITS_OF_ALL = 16;

/** Lossless JPEG of ITU-T T.81 H, all seven predictors. One value for each point and component, side by side. */
export function readLossless(bytes: Uint8Array, plan: JpegPlan): Uint16Array {
  const { rows, columns, components } = plan;
  if (components.some(({ across, down }) => across !== 1 || down !== 1)) throw new FrameError("no_decoder");
  const values = new Uint16Array(rows * columns * components.length);
  if (plan.scans.length === 0) throw new FrameError("unreadable");
  for (const scan of plan.scans) readScan(values, bytes, plan, scan);
  return values;
}

function readScan(values: Uint16Array, bytes: Uint8Array, plan: JpegPlan, scan: JpegScan): void {
  const { rows, columns, components, precision } = plan;
  const reader = new BitReader(bytes, scan.at);
  const step = components.length;
  const row = columns * step;
  const middle = 2 ** (precision - scan.shift - 1);
  let firstRow = 0;
  for (let y = 0, done = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1, done += 1) {
      if (scan.restart > 0 && done > 0 && done % scan.restart === 0) {
        reader.restart();
        firstRow = y;
      }
      for (const { component, dc } of scan.parts) {
        if (!dc || component < 0) throw new FrameError("unreadable");
        const at = y * row + x * step + component;
        const guess = guessOf(values, at, { x, isFirst: y === firstRow, step, row, middle, scan });
        const bits = reader.symbol(dc);
        const difference = bits === BITS_OF_ALL ? 32_768 : reader.difference(bits);
        values[at] = (guess + difference) << scan.shift;
      }
    }
  }
}

interface Place {
  x: number;
  isFirst: boolean;
  step: number;
  row: number;
  middle: number;
  scan: JpegScan;
}

/** What a point is thought to be by its neighbours: left, above, and above left. */
function guessOf(values: Uint16Array, at: number, { x, isFirst, step, row, middle, scan }: Place): number {
  const { shift, predictor } = scan;
  if (isFirst) return x === 0 ? middle : (values[at - step] ?? 0) >> shift;
  const above = (values[at - row] ?? 0) >> shift;
  if (x === 0) return above;
  const left = (values[at - step] ?? 0) >> shift;
  const corner = (values[at - row - step] ?? 0) >> shift;
  switch (predictor) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    case 7:
      return (left + above) >> 1;
    default:
      throw new FrameError("unreadable");
  }
}
