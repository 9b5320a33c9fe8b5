/** The aortic valve seen from above, in a box of 24 by 24: three commissures on the ring, a leaflet between each two. */
const CENTRE = 12;
const RING_RADIUS = 10.25;

interface Point {
  x: number;
  y: number;
}

/** Unit vector of an angle in degrees, 0 at the right, clockwise as screens count. */
function direction(degrees: number): Point {
  const radians = (degrees * Math.PI) / 180;
  return { x: Math.cos(radians), y: Math.sin(radians) };
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function onPage(point: Point): string {
  const x = CENTRE + point.x * RING_RADIUS;
  const y = CENTRE + point.y * RING_RADIUS;
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}

/**
 * The free edge of the leaflet whose middle looks towards `axis` degrees, in two strokes that meet at its middle.
 * `opening` 0 brings the middle to the centre, where closed leaflets lie against each other along curved lines;
 * 1 lays the edge near the wall.
 */
export function leafletPath(axis: number, opening: number): string {
  const share = Math.min(1, Math.max(0, opening));
  const middle = direction(axis);
  const reach = mix(0, OPEN_REACH, share);
  const before = bend(axis, -60, share);
  const after = bend(axis, 60, share);
  const start = direction(axis - 60);
  const end = direction(axis + 60);
  const tip = { x: middle.x * reach, y: middle.y * reach };
  return `M${onPage(start)} Q${onPage(before)} ${onPage(tip)} Q${onPage(after)} ${onPage(end)}`;
}

/** How far from the centre the middle of an open leaflet stands, of the ring's radius. */
const OPEN_REACH = 0.66;

/** The control point between a commissure and the middle: on a swirl when closed, beside the middle when open. */
function bend(axis: number, turn: number, share: number): Point {
  const closed = direction(axis + turn + 38);
  const middle = direction(axis);
  const aside = direction(axis + 90);
  const sideways = turn < 0 ? -0.46 : 0.46;
  return {
    x: mix(closed.x * 0.52, middle.x * OPEN_REACH + aside.x * sideways, share),
    y: mix(closed.y * 0.52, middle.y * OPEN_REACH + aside.y * sideways, share),
  };
}

/** The three leaflets: two above, one below, as the drawing books show it. */
export const LEAFLETS = [-30, 90, 210] as const;

export const RING = { centre: CENTRE, radius: RING_RADIUS } as const;
