import { useTranslations } from "next-intl";
import { mapLayout, type MapPlace } from "@/components/clinics/map-layout";
import { formatCountry } from "@/components/ui/format";

interface CentreMapProps {
  places: readonly MapPlace[];
  locale: string;
}

/** Where the centres are, drawn on open geography. East is on the right in every language; the list beside says the same. */
export function CentreMap({ places, locale }: CentreMapProps) {
  const t = useTranslations("clinics.map");
  const { window, dots, labels, letter } = mapLayout(places, (country) => formatCountry(country, locale));
  return (
    <figure>
      <svg
        viewBox={window.map((value) => value.toFixed(1)).join(" ")}
        role="img"
        aria-label={t("drawing", { centres: places.length, countries: labels.length })}
        className="centre-map"
        direction="ltr"
      >
        <use href="/map/land.svg#land" className="map-land" />
        {dots.map(({ x, y }, at) => (
          <circle
            key={at}
            cx={x.toFixed(1)}
            cy={y.toFixed(1)}
            r={(letter * 0.42).toFixed(2)}
            className="map-dot"
          />
        ))}
        <g fontSize={letter.toFixed(2)} className="map-names">
          {labels.map(({ country, count, x, y }) => (
            <text key={country} x={x.toFixed(1)} y={(y + letter * 0.35).toFixed(1)}>
              {formatCountry(country, locale)} <tspan className="map-count">{count}</tspan>
            </text>
          ))}
        </g>
      </svg>
      <figcaption className="text-sm text-ink-soft">{t("source")}</figcaption>
    </figure>
  );
}
