import { BitReader, type HuffmanTable, type JpegPlan, type JpegScan } from "./pixel-jpeg-stream";
import { FrameError } from "./pixel-samples";

const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
];
const WAVES = Float64Array.from({ length: 64 }, (_, at) => {
  const [x, u] = [at >> 3, at & 7];
  return 0.5 * (u === 0 ? Math.SQRT1_2 : 1) * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** One component on its way: its points in whole blocks, and the last first coefficient. */
interface Plane {
  points: Uint16Array;
  stride: number;
  across: number;
  down: number;
  blocksAcross: number;
  blocksDown: number;
  before: number;
}

/** Sequential JPEG of eight or twelve bits. One value for each point and component, side by side, as coded. */
export function readDct(bytes: Uint8Array, plan: JpegPlan): Uint16Array {
  const planes = planesOf(plan);
  if (plan.scans.length === 0) throw new FrameError("unreadable");
  for (const scan of plan.scans) readScan(planes, bytes, plan, scan);
  return woven(planes, plan);
}

function planesOf({ rows, columns, components }: JpegPlan): Plane[] {
  const most = { across: largest(components, "across"), down: largest(components, "down") };
  return components.map(({ across, down }) => {
    const stride = Math.ceil(columns / (8 * most.across)) * across * 8;
    const height = Math.ceil(rows / (8 * most.down)) * down * 8;
    const blocksAcross = Math.ceil((columns * across) / most.across / 8);
    const blocksDown = Math.ceil((rows * down) / most.down / 8);
    const points = new Uint16Array(stride * height);
    return { points, stride, across, down, blocksAcross, blocksDown, before: 0 };
  });
}

function largest(components: JpegPlan["components"], key: "across" | "down"): number {
  return Math.max(...components.map((one) => one[key]));
}

function readScan(planes: Plane[], bytes: Uint8Array, plan: JpegPlan, scan: JpegScan): void {
  const reader = new BitReader(bytes, scan.at);
  const parts = scan.parts.map((part) => partOf(part, planes, plan));
  const [only] = parts;
  if (!only) throw new FrameError("unreadable");
  // A scan of one component goes block by block; several take turns, each with its share.
  const isAlone = parts.length === 1;
  const unitsAcross = isAlone ? only.plane.blocksAcross : only.plane.stride / 8 / only.plane.across;
  const unitsDown = isAlone
    ? only.plane.blocksDown
    : only.plane.points.length / only.plane.stride / 8 / only.plane.down;
  for (let unit = 0; unit < unitsAcross * unitsDown; unit += 1) {
    if (scan.restart > 0 && unit > 0 && unit % scan.restart === 0) {
      reader.restart();
      for (const { plane } of parts) plane.before = 0;
    }
    const [x, y] = [unit % unitsAcross, Math.floor(unit / unitsAcross)];
    for (const part of parts) readUnit(reader, part, isAlone ? { x, y, share: 1 } : { x, y, share: 0 });
  }
}

interface Part {
  plane: Plane;
  dc: HuffmanTable;
  ac: HuffmanTable;
  steps: Uint16Array;
  precision: number;
}

function partOf({ component, dc, ac }: JpegScan["parts"][number], planes: Plane[], plan: JpegPlan): Part {
  const plane = planes[component];
  const steps = plan.quantisation[plan.components[component]?.table ?? 0];
  if (!plane || !dc || !ac || !steps) throw new FrameError("unreadable");
  return { plane, dc, ac, steps, precision: plan.precision };
}

function readUnit(
  reader: BitReader,
  part: Part,
  { x, y, share }: { x: number; y: number; share: number },
): void {
  const { plane } = part;
  const across = share || plane.across;
  const down = share || plane.down;
  for (let v = 0; v < down; v += 1) {
    for (let h = 0; h < across; h += 1) {
      const at = (y * down + v) * 8 * plane.stride + (x * across + h) * 8;
      writeBlock(plane, at, coefficientsOf(reader, part), part.precision);
    }
  }
}

function coefficientsOf(reader: BitReader, { plane, dc, ac, steps }: Part): Float64Array {
  const block = new Float64Array(64);
  plane.before += reader.difference(Math.min(16, reader.symbol(dc)));
  block[0] = plane.before * (steps[0] ?? 1);
  for (let at = 1; at < 64; at += 1) {
    const symbol = reader.symbol(ac);
    const bits = symbol & 15;
    if (bits === 0 && symbol !== 0xf0) break;
    at += symbol >> 4;
    if (bits > 0 && at < 64) block[ZIGZAG[at] ?? 0] = reader.difference(bits) * (steps[at] ?? 1);
  }
  return block;
}

const between = new Float64Array(64);

/** Waves back to points: first along the rows, then down the columns. */
function writeBlock({ points, stride }: Plane, at: number, block: Float64Array, precision: number): void {
  const [middle, most] = [2 ** (precision - 1), 2 ** precision - 1];
  for (let v = 0; v < 8; v += 1) {
    for (let x = 0; x < 8; x += 1) {
      let sum = 0;
      for (let u = 0; u < 8; u += 1) sum += (block[v * 8 + u] ?? 0) * (WAVES[x * 8 + u] ?? 0);
      between[v * 8 + x] = sum;
    }
  }
  for (let y = 0; y < 8; y += 1) {
    for (let x = 0; x < 8; x += 1) {
      let sum = 0;
      for (let v = 0; v < 8; v += 1) sum += (between[v * 8 + x] ?? 0) * (WAVES[y * 8 + v] ?? 0);
      points[at + y * stride + x] = Math.min(most, Math.max(0, Math.round(sum) + middle));
    }
  }
}

function woven(planes: readonly Plane[], { rows, columns, components }: JpegPlan): Uint16Array {
  const step = planes.length;
  const values = new Uint16Array(rows * columns * step);
  const most = { across: largest(components, "across"), down: largest(components, "down") };
  for (const [component, { points, stride, across, down }] of planes.entries()) {
    for (let y = 0; y < rows; y += 1) {
      const row = Math.floor((y * down) / most.down) * stride;
      for (let x = 0; x < columns; x += 1) {
        values[(y * columns + x) * step + component] =
          points[row + Math.floor((x * across) / most.across)] ?? 0;
      }
    }
  }
  return values;
}
