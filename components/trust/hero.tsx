import { useTranslations } from "next-intl";
import { HeartSection } from "@/components/pictures/heart-section";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { ValveMark } from "@/components/ui/valve-mark";

const OPENINGS = [0, 0.35, 0.7, 1] as const;

/** What this is, for whom, and the one thing to do, beside the heart it is about. */
export function Hero({ locale }: { locale: string }) {
  const t = useTranslations("home.hero");
  return (
    <section className="grid items-center gap-gap-l pb-gap-l lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:gap-gap-xl">
      <div className="space-y-gap-m">
        <OpeningValve />
        <p className="text-base text-primary">{t("audience")}</p>
        <h1 className="text-2xl md:text-3xl">{t("title")}</h1>
        <p className="max-w-prose text-ink-soft md:text-lg">{t("lead")}</p>
        <div className="space-y-2">
          <PlainLinkButton href={`/${locale}/start`} look="primary" className="min-h-12 px-6">
            {t("start")}
          </PlainLinkButton>
          <p className="text-base text-ink-soft">{t("startHint")}</p>
        </div>
      </div>
      <div className="max-lg:hidden">
        <HeartSection />
      </div>
    </section>
  );
}

/** The valve at four moments of one beat: on a phone it stands for the heart. */
function OpeningValve() {
  return (
    <div className="flex gap-4 text-primary lg:hidden">
      {OPENINGS.map((opening) => (
        <ValveMark key={opening} size={36} opening={opening} />
      ))}
    </div>
  );
}
