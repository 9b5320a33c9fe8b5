import { CITY_BOX, cityLayers } from "./city-layers";

interface CitySceneProps {
  slug: string;
  city: string;
  country: string;
  className?: string;
}

/** The centre's city as a line drawing: each centre its own, the same every time. */
export function CityScene({ slug, city, country, className = "" }: CitySceneProps) {
  return (
    <svg viewBox={`0 0 ${CITY_BOX.width} ${CITY_BOX.height}`} className={`picture ${className}`} aria-hidden>
      {cityLayers(slug, city, country).map(({ d, look }) => (
        <path key={`${look}${d}`} className={`picture-${look}`} d={d} />
      ))}
    </svg>
  );
}
