import type { Picture } from "./picture";

/** What a drawn echo shows: where blood leaks or rushes, and in which part of the beat. */
export type View = "mitral" | "aortic" | "tricuspid" | "plain";

interface Jet {
  x: number;
  fromY: number;
  toY: number;
  width: number;
  inSystole: boolean;
}

const JETS: Readonly<Record<View, Jet | null>> = {
  mitral: { x: 13, fromY: 68, toY: 98, width: 8, inSystole: true },
  aortic: { x: 3, fromY: 66, toY: 30, width: 5, inSystole: false },
  tricuspid: { x: -15, fromY: 68, toY: 100, width: 10, inSystole: true },
  plain: null,
};

/** Four dark chambers by centre and radii, in a field 120 deep; the upper two squeeze. */
const CHAMBERS = [
  { x: 13, y: 42, width: 14, height: 24, squeezes: true },
  { x: -15, y: 44, width: 11, height: 21, squeezes: true },
  { x: 13, y: 86, width: 15, height: 15, squeezes: false },
  { x: -15, y: 86, width: 14, height: 14, squeezes: false },
];

const SYSTOLE = 0.4;

/** One moment of a drawn four-chamber view, 0 to 1 through one beat; the same bytes on every run. */
export function drawScene(view: View): (width: number, height: number, moment: number) => Picture {
  return (width, height, moment) => {
    const bytes = Buffer.alloc(width * height * 3);
    const squeeze = moment < SYSTOLE ? Math.sin((moment / SYSTOLE) * Math.PI) : 0;
    const scale = height / 120;
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const colour = colourAt(view, { dx: (x - width / 2) / scale, dy: y / scale - 3, squeeze, moment });
        if (colour) bytes.set(colour, (y * width + x) * 3);
      }
    }
    return { bytes, width, height };
  };
}

interface Spot {
  dx: number;
  dy: number;
  squeeze: number;
  moment: number;
}

function colourAt(view: View, spot: Spot): [number, number, number] | null {
  const { dx, dy } = spot;
  const depth = Math.hypot(dx, dy);
  if (depth > 114 || Math.abs(Math.atan2(dx, dy)) > 0.62) return null;
  const jet = jetAt(JETS[view], spot);
  if (jet !== null) return jet;
  const grey = greyAt(spot) * (1 - depth / 260);
  return [grey, grey, Math.min(255, grey * 1.04)];
}

/** Speckle in grains of about two pixels, so that pictures stay small. */
function grain(dx: number, dy: number): number {
  const wave = Math.sin(Math.round(dx * 1.1) * 12.9898 + Math.round(dy * 1.1) * 78.233) * 43_758.5453;
  return wave - Math.floor(wave);
}

function greyAt({ dx, dy, squeeze, moment }: Spot): number {
  const isOpen = moment >= SYSTOLE;
  if (isLeaflet(dx - 13, dy, isOpen) || isLeaflet(dx + 15, dy, isOpen)) return 225;
  const inside = CHAMBERS.some((chamber) => {
    const size = chamber.squeezes ? 1 - 0.22 * squeeze : 1 + 0.1 * squeeze;
    return (
      Math.hypot((dx - chamber.x) / (chamber.width * size), (dy - chamber.y) / (chamber.height * size)) < 1
    );
  });
  return inside ? 10 + 14 * grain(dx, dy) : 74 + 84 * grain(dx, dy);
}

/** Two thin lines from the ring towards the middle: flat while closed, hanging down into the upper chamber while open. */
function isLeaflet(dx: number, dy: number, isOpen: boolean): boolean {
  const side = Math.abs(dx);
  if (side > 12) return false;
  return isOpen ? Math.abs(dy - (66 - (12 - side) * 0.9)) < 1.3 && side > 5 : Math.abs(dy - 67) < 1.3;
}

function jetAt(jet: Jet | null, { dx, dy, squeeze, moment }: Spot): [number, number, number] | null {
  if (!jet || moment < SYSTOLE !== jet.inSystole) return null;
  const along = (dy - jet.fromY) / (jet.toY - jet.fromY);
  const strength = jet.inSystole ? squeeze : Math.sin(((moment - SYSTOLE) / (1 - SYSTOLE)) * Math.PI);
  if (along < 0 || along > strength || strength < 0.25) return null;
  const half = jet.width * (0.35 + 0.65 * Math.sin(Math.PI * Math.min(1, along + 0.15)));
  if (Math.abs(dx - jet.x) > half) return null;
  const mix = grain(dx * 0.6, dy * 0.6);
  return mix > 0.72 ? [240, 210, 60] : mix > 0.4 ? [225, 90, 30] : [40, 90, 210];
}
