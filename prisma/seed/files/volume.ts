import { dicomFile, element, identity, uidOf, type Whose } from "./elements";

const CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2";
const SIDE = 192;
const SPACING_MM = 1.8;
const SLICE_MM = 0.75;
/** What is added to Hounsfield units so that all are above zero. */
const SHIFT = 1_024;
const drawn = new Map<string, Buffer>();

/** A drawn CT of the aortic root, slice by slice from the chambers up to the arch, under this patient's name. */
export function volumeOf(slices: number, whose: Whose): Buffer[] {
  return Array.from({ length: slices }, (_, index) => slice(index, slices, whose));
}

function slice(index: number, slices: number, whose: Whose): Buffer {
  const positionMm = (index * SLICE_MM).toFixed(2);
  return dicomFile({
    sopClass: CT_IMAGE,
    instance: uidOf(whose.study, 200 + index),
    elements: [
      ...identity(whose, {
        modality: "CT",
        description: "Aortic root, gated 70 %",
        series: 2,
        instance: index + 1,
      }),
      element(0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL"),
      element(0x00180015, "CS", "HEART"),
      element(0x00180050, "DS", String(SLICE_MM)),
      element(0x00180060, "DS", "100"),
      element(0x00185100, "CS", "HFS"),
      element(0x00200012, "IS", "1"),
      element(0x00200032, "DS", `-170\\-170\\${positionMm}`),
      element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
      element(0x00200052, "UI", uidOf(whose.study, 9)),
      element(0x00201040, "LO", ""),
      element(0x00201041, "DS", positionMm),
      element(0x00280002, "US", 1),
      element(0x00280004, "CS", "MONOCHROME2"),
      element(0x00280010, "US", SIDE),
      element(0x00280011, "US", SIDE),
      element(0x00280030, "DS", `${SPACING_MM}\\${SPACING_MM}`),
      element(0x00280100, "US", 16),
      element(0x00280101, "US", 12),
      element(0x00280102, "US", 11),
      element(0x00280103, "US", 0),
      element(0x00281050, "DS", "250\\40"),
      element(0x00281051, "DS", "800\\400"),
      element(0x00281052, "DS", String(-SHIFT)),
      element(0x00281053, "DS", "1"),
      element(0x7fe00010, "OW", pixels(index / Math.max(1, slices - 1))),
    ],
  });
}

function pixels(height: number): Buffer {
  const key = height.toFixed(3);
  const found = drawn.get(key);
  if (found) return found;
  const bytes = Buffer.alloc(SIDE * SIDE * 2);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const spot = { x: (x / SIDE) * 2 - 1, y: (y / SIDE) * 2 - 1, height };
      bytes.writeUInt16LE(Math.max(0, hounsfield(spot) + SHIFT + grain(x, y)), (y * SIDE + x) * 2);
    }
  }
  drawn.set(key, bytes);
  return bytes;
}

interface Spot {
  x: number;
  y: number;
  /** 0 at the chambers, 1 at the arch. */
  height: number;
}

interface Oval {
  x: number;
  y: number;
  width: number;
  height: number;
}

const isIn = ({ x, y }: Spot, oval: Oval) =>
  Math.hypot((x - oval.x) / oval.width, (y - oval.y) / oval.height) < 1;

const AIR = -1_000;
const LUNG = -830;
const FAT = -90;
const MUSCLE = 55;
const BLOOD = 360;
const BONE = 620;
const CALCIUM = 980;

/** What lies at a spot, from the inside out. */
function hounsfield(spot: Spot): number {
  const { height } = spot;
  const root = 0.1 + 0.035 * Math.exp(-(((height - 0.45) / 0.18) ** 2));
  const aorta = { x: 0.02 + 0.05 * height, y: -0.12, width: root, height: root };
  if (isIn(spot, aorta)) return isCalcium(spot, aorta) ? CALCIUM : BLOOD;
  const descending = { x: 0.17, y: 0.34, width: 0.075, height: 0.075 };
  if (isIn(spot, descending)) return BLOOD - 20;
  const chamber = { x: 0.2, y: 0.02, width: 0.2 * (1 - height), height: 0.17 * (1 - height) };
  if (height < 0.75 && isIn(spot, chamber)) return BLOOD - 40;
  const heart = { x: 0.1, y: -0.06, width: 0.42 * (1 - 0.5 * height), height: 0.34 * (1 - 0.45 * height) };
  if (isIn(spot, heart)) return MUSCLE;
  return aroundHeart(spot);
}

/** Three cusps between root and aorta, with chalk on their edges. */
function isCalcium(spot: Spot, aorta: Oval): boolean {
  if (Math.abs(spot.height - 0.42) > 0.12) return false;
  const [dx, dy] = [(spot.x - aorta.x) / aorta.width, (spot.y - aorta.y) / aorta.height];
  const turn = (Math.atan2(dy, dx) / (2 * Math.PI) + 1) % (1 / 3);
  const far = Math.hypot(dx, dy);
  return far > 0.25 && far < 0.85 && Math.abs(turn - 1 / 6) < 0.018;
}

function aroundHeart(spot: Spot): number {
  const body = { x: 0, y: 0, width: 0.95, height: 0.72 };
  if (!isIn(spot, body)) return AIR;
  const spine = { x: 0, y: 0.47, width: 0.12, height: 0.11 };
  if (isIn(spot, spine)) return BONE - 180;
  if (isIn(spot, { x: 0, y: -0.58, width: 0.07, height: 0.035 })) return BONE;
  const lungs = [-0.52, 0.52].some((x) => isIn(spot, { x, y: 0.02, width: 0.34, height: 0.5 }));
  if (lungs) return LUNG;
  return isIn(spot, { x: 0, y: 0, width: 0.9, height: 0.66 }) ? MUSCLE - 10 : FAT;
}

/** Noise as a detector has it; the same on every run. */
function grain(x: number, y: number): number {
  const wave = Math.sin(x * 12.9898 + y * 78.233) * 43_758.5453;
  return Math.round((wave - Math.floor(wave) - 0.5) * 36);
}
