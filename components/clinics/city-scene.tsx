import { CITY_BOX } from "./city-layers";

interface CitySceneProps {
  slug: string;
  locale: string;
  className?: string;
}

/** The centre's city as a line drawing, each its own; fetched only where it comes into sight. */
export function CityScene({ slug, locale, className = "" }: CitySceneProps) {
  return (
    <img
      src={`/${locale}/clinics/${slug}/city`}
      alt=""
      width={CITY_BOX.width}
      height={CITY_BOX.height}
      loading="lazy"
      decoding="async"
      className={`h-auto w-full ${className}`}
    />
  );
}
