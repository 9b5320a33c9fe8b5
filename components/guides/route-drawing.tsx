import { useLocale, useTranslations } from "next-intl";
import { formatList } from "@/components/ui/format";
import {
  BODY_HALF,
  BODY_MIRROR,
  COLLARBONE,
  HEART,
  LARGE_VESSELS,
  WAYS,
} from "@/components/pictures/body-shapes";
import { Label } from "@/components/pictures/label";
import { Picture } from "@/components/pictures/picture";
import { treatmentFacts, type AccessRoute, type TreatmentSlug } from "@/lib/guides/treatment";

/** The way in, drawn over the same body each time: one weight of line, the way in teal. */
export function RouteDrawing({ slug }: { slug: TreatmentSlug }) {
  const t = useTranslations("pictures.route");
  const names = useTranslations("guides.access");
  const locale = useLocale();
  const { access } = treatmentFacts(slug);
  if (access.length === 0) return null;
  const ways = access.map((route) => names(route));
  return (
    <figure className="keep">
      <Picture
        title={t("title")}
        description={t("description", { ways: formatList(ways, locale) })}
        width={310}
        height={272}
        className="mx-auto max-w-88"
      >
        <g transform="translate(35 0)">
          <Body />
          {access.map((route) => (
            <WayIn key={route} route={route} />
          ))}
          <Label text={t("heart")} x={206} y={88} side="start" to={[143, 110]} />
        </g>
      </Picture>
      <figcaption className="mt-3 text-center text-sm text-ink-soft">{formatList(ways, locale)}</figcaption>
    </figure>
  );
}

function Body() {
  return (
    <>
      <path d={BODY_HALF} />
      <path d={BODY_HALF} transform={BODY_MIRROR} />
      <path className="picture-fine" d={COLLARBONE} />
      <path className="picture-fine" d={COLLARBONE} transform={BODY_MIRROR} />
      <path className="picture-fine" d={LARGE_VESSELS} />
      <path className="picture-flesh" d={HEART} />
    </>
  );
}

function WayIn({ route }: { route: AccessRoute }) {
  const t = useTranslations("pictures.route");
  const { path, at, kind, place } = WAYS[route];
  const onLeft = at[0] < 120;
  return (
    <>
      <path className={kind === "cut" ? "picture-cut" : "picture-strong"} d={path} />
      {kind === "tube" ? <circle className="picture-entry" cx={at[0]} cy={at[1]} r="4" /> : null}
      <Label
        text={t(place)}
        x={onLeft ? 40 : 200}
        y={place === "breastbone" ? 56 : at[1] + (onLeft ? -8 : 12)}
        side={onLeft ? "end" : "start"}
        to={at}
        lettersMax={9}
        strong
      />
    </>
  );
}
