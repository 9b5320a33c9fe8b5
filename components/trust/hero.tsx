import { useTranslations } from "next-intl";
import { LEAFLETS, leafletPath, RING } from "@/components/ui/valve";
import { SearchForm } from "@/components/trust/search-form";
import { PlainLinkButton } from "@/components/ui/plain-link";

export function Hero({ locale }: { locale: string }) {
  const t = useTranslations("home.hero");
  return (
    <section className="relative grid items-center gap-gap-l pb-gap-l lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:gap-gap-xl lg:py-gap-l">
      <Plate />
      <div className="relative space-y-gap-m">
        <h1 className="text-2xl md:text-3xl">{t("title")}</h1>
        <p className="max-w-prose text-ink-soft md:text-lg">{t("lead")}</p>
        <div className="space-y-2">
          <PlainLinkButton href={`/${locale}/start`} look="primary" className="min-h-12 px-6">
            {t("start")}
          </PlainLinkButton>
          <p className="text-base text-ink-soft">{t("startHint")}</p>
        </div>
      </div>
      <div className="relative">
        <SearchForm locale={locale} />
      </div>
    </section>
  );
}

/** The valve as an atlas plate behind the words: hairlines, one leaflet at each stage of its opening. */
function Plate() {
  const openings = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden
      strokeWidth="0.06"
      className="valve pointer-events-none absolute end-0 -top-8 hidden size-[31rem] text-primary opacity-30 lg:block 2xl:-end-24"
    >
      <circle cx={RING.centre} cy={RING.centre} r={RING.radius} />
      <circle cx={RING.centre} cy={RING.centre} r={RING.radius + 0.5} />
      {openings.flatMap((opening) =>
        LEAFLETS.map((axis) => <path key={`${axis}-${opening}`} d={leafletPath(axis, opening)} />),
      )}
    </svg>
  );
}
