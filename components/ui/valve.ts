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
 * The free edge of the leaflet whose middle looks towards `axis` degrees. `opening` 0 brings the edge to the
 * centre of the valve, 1 lays it near the wall.
 */
export function leafletPath(axis: number, opening: number): string {
  const share = Math.min(1, Math.max(0, opening));
  const middle = direction(axis);
  const ends = [direction(axis - 60), direction(axis + 60)] as const;
  const along = mix(-0.2, 0.55, share);
  const outward = mix(0, 0.42, share);
  const [first, second] = ends.map((end) => ({
    x: end.x * along + middle.x * outward,
    y: end.y * along + middle.y * outward,
  })) as [Point, Point];
  return `M${onPage(ends[0])} C${onPage(first)} ${onPage(second)} ${onPage(ends[1])}`;
}

/** The three leaflets: two above, one below, as the drawing books show it. */
export const LEAFLETS = [-30, 90, 210] as const;

export const RING = { centre: CENTRE, radius: RING_RADIUS } as const;
