/** Valves seen from above, in a box of 120 by 120. */
export const VALVE_BOX = 120;
const CENTRE = 60;
const RADIUS = 42;
/** Between two commissures the wall of the aorta bulges into a sinus. */
const SINUS = 1.42;

export const COMMISSURES = [-90, 30, 150] as const;

export interface ThreeLeafOpening {
  /** How far towards the ring the opening reaches along the lines where leaflets meet, of the radius. */
  reach: number;
  /** How far the middle of a free edge stands from the centre, of the radius. */
  middle: number;
}

/** What an aortic or tricuspid valve looks like from above in each state. */
export const THREE_LEAF = {
  closed: { reach: 0, middle: 0 },
  open: { reach: 0.92, middle: 0.76 },
  leaking: { reach: 0.44, middle: 0.12 },
  narrowed: { reach: 0.56, middle: 0.12 },
} as const satisfies Record<string, ThreeLeafOpening>;

/** A point at `degrees` (0 at the right, clockwise) and `share` of the radius. */
export function onValve(degrees: number, share: number): string {
  const radians = (degrees * Math.PI) / 180;
  const x = CENTRE + Math.cos(radians) * RADIUS * share;
  const y = CENTRE + Math.sin(radians) * RADIUS * share;
  return `${tenth(x)} ${tenth(y)}`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The wall around three leaflets: three sinuses. */
export function sinusWall(share = 1): string {
  const arcs = COMMISSURES.map((from) => {
    const before = onValve(from + 30, SINUS * share);
    const after = onValve(from + 90, SINUS * share);
    return `C${before} ${after} ${onValve(from + 120, share)}`;
  });
  return `M${onValve(COMMISSURES[0], share)}${arcs.join("")}Z`;
}

/** The hole that three leaflets leave between them. */
export function threeLeafHole({ reach, middle }: ThreeLeafOpening): string {
  const chord = reach / 2;
  const bend = 2 * middle - chord;
  const edges = COMMISSURES.map((from) => `Q${onValve(from + 60, bend)} ${onValve(from + 120, reach)}`);
  return `M${onValve(COMMISSURES[0], reach)}${edges.join("")}Z`;
}

/** The lines along which leaflets lie against each other, from the ring to where the hole begins. */
export function meetingLines({ reach }: ThreeLeafOpening): string {
  return COMMISSURES.map((at) => `M${onValve(at, 1)}L${onValve(at, reach)}`).join("");
}

/** The bellies of three leaflets: a fine line along the wall. */
export function bellies(): string {
  return COMMISSURES.map(
    (from) => `M${onValve(from + 22, 0.84)}Q${onValve(from + 60, 1.04)} ${onValve(from + 98, 0.84)}`,
  ).join("");
}

/** Where the two coronary arteries leave. */
export const CORONARIES = [onValve(-24, 1.24), onValve(204, 1.24)] as const;

/** The mitral ring: straight towards the aorta (above), round on the other side. */
export const MITRAL_RING =
  "M60 20C80 20 98 26 106 42C114 60 106 84 88 96C72 106 48 106 32 96C14 84 6 60 14 42C22 26 40 20 60 20Z";
/** Between the scallops of the rear leaflet. */
export const MITRAL_SCALLOPS = "M42 78L36 97M78 78L84 97";
export const MITRAL_BELLY = "M36 40C50 34 70 34 84 40";

const LEFT_CORNER = "17 58";
const RIGHT_CORNER = "103 58";
/** The line on which both leaflets meet. */
export const MITRAL_LINE = `M${LEFT_CORNER}Q60 104 ${RIGHT_CORNER}`;

/** The hole that the two mitral leaflets leave. */
export const MITRAL_HOLE = {
  open: `M${LEFT_CORNER}C30 46 90 46 ${RIGHT_CORNER}C94 86 78 90 60 90C42 90 26 86 ${LEFT_CORNER}Z`,
  leaking: "M37 74.5C48 76 72 76 83 74.5C74 88 46 88 37 74.5Z",
  narrowed: "M41 76C50 72.5 70 72.5 79 76C71 87 49 87 41 76Z",
} as const;

/** Two holes on either side of a clip. */
export const MITRAL_TWO_HOLES =
  "M22 62C28 54 46 58 54 76C50 82 44 82 40 80C32 76 26 70 22 62ZM98 62C92 54 74 58 66 76C70 82 76 82 80 80C88 76 94 70 98 62Z";
