import { CITY_BOX, cityLayers } from "./city-layers";

// A picture by itself sees none of the page's colours: the four it needs stand here, as in app/tokens.css.
const LOOKS = `path{fill:none;stroke-width:1.5px;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.subject{stroke:#0e5a60}.fine{stroke:#75858c;stroke-width:1px}.leaf{stroke:#14232b;fill:#fff}.far{stroke:#75858c;stroke-width:1px;fill:#ecf3f1}
@media (prefers-color-scheme:dark){.subject{stroke:#7cc4c4}.fine{stroke:#71848c}.leaf{stroke:#e8eeec;fill:#162126}.far{stroke:#71848c;fill:#152929}}`;

/** The scene of a city as one SVG file, in daylight and in the dark. */
export function cityDrawing(slug: string, city: string, country: string): string {
  const { width, height } = CITY_BOX;
  const paths = cityLayers(slug, city, country).map(({ d, look }) => `<path class="${look}" d="${d}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width * 2}" height="${height * 2}"><style>${LOOKS}</style>${paths.join("")}</svg>`;
}
