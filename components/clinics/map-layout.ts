/** One published centre on the map, in degrees. */
export interface MapPlace {
  country: string;
  latitude: number;
  longitude: number;
}

export interface MapDot {
  x: number;
  y: number;
}

/** A country's name on the map: where its text begins, and the point it speaks of. */
export interface MapLabel {
  country: string;
  count: number;
  x: number;
  y: number;
  /** About how much room it takes. */
  width: number;
}

export interface MapLayout {
  /** Window of the drawing: left, top, width, height. */
  window: readonly [number, number, number, number];
  dots: MapDot[];
  labels: MapLabel[];
  /** Height of a letter in units of the drawing. */
  letter: number;
}

/** The drawing of the land (public/map/land.svg) is a plate carrée true at 35°: degrees, the east shortened by this. */
const SHORTENED = 0.82;
const MARGIN = 12;
/** Letters are about a seventieth of the drawing wide: 16 px where it fills a wide page. */
const LETTERS_ACROSS = 72;
const LETTER_WIDTH = 0.6;
const LINE = 1.35;

/** Where everything stands: a window around the centres, a dot for each, and names that never cover one another. */
export function mapLayout(places: readonly MapPlace[], nameOf: (country: string) => string): MapLayout {
  const dots = places.map(pointOf);
  const [left, right] = ends(dots.map(({ x }) => x));
  const [top, bottom] = ends(dots.map(({ y }) => y));
  const letter = (right - left + 2 * MARGIN) / LETTERS_ACROSS;
  const labels: MapLabel[] = [];
  for (const [country, points] of byCountry(places)) {
    const [, east] = ends(points.map(({ x }) => x));
    const label = { country, count: points.length, x: east + letter, y: mean(points.map(({ y }) => y)) };
    const wide = (nameOf(country).length + 4) * letter * LETTER_WIDTH;
    labels.push({ ...label, width: wide, y: freeLine({ ...label, width: wide }, labels, letter * LINE) });
  }
  // Names stand to the right of their dots; the easternmost must fit as well.
  const last = Math.max(right, ...labels.map((label) => label.x + label.width - MARGIN / 2));
  return {
    window: [left - MARGIN, top - MARGIN, last - left + 2 * MARGIN, bottom - top + 2 * MARGIN],
    dots,
    labels,
    letter,
  };
}

function pointOf({ latitude, longitude }: MapPlace): MapDot {
  return { x: longitude * SHORTENED, y: -latitude };
}

/** The line nearest to the wished one, above or below, that no name stands in yet. */
function freeLine(
  wished: { x: number; y: number; width: number },
  taken: readonly { x: number; y: number; width: number }[],
  line: number,
): number {
  const isFree = (y: number) =>
    taken.every(
      (one) =>
        Math.abs(one.y - y) >= line || one.x + one.width <= wished.x || wished.x + wished.width <= one.x,
    );
  for (let steps = 0; ; steps += 1) {
    const found = [wished.y - (steps * line) / 4, wished.y + (steps * line) / 4].find(isFree);
    if (found !== undefined) return found;
  }
}

function byCountry(places: readonly MapPlace[]): [string, MapDot[]][] {
  const groups = new Map<string, MapDot[]>();
  for (const place of places)
    groups.set(place.country, [...(groups.get(place.country) ?? []), pointOf(place)]);
  return [...groups].toSorted(([, one], [, other]) => (one[0]?.x ?? 0) - (other[0]?.x ?? 0));
}

function ends(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
