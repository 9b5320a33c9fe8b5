import { useTranslations } from "next-intl";
import { JourneyPicture, type JourneyScene } from "@/components/pictures/journey";
import { ValvePath } from "@/components/trust/valve-path";
import { PlainLink } from "@/components/ui/plain-link";

const STEPS = ["tell", "send", "hear", "compare", "travel"] as const;

const SCENES = {
  tell: "question",
  send: "records",
  hear: "answers",
  compare: "compare",
  travel: "travel",
} as const satisfies Record<(typeof STEPS)[number], JourneyScene>;

export function FiveSteps({ locale }: { locale: string }) {
  const t = useTranslations("home.path");
  const steps = STEPS.map((key) => ({
    key,
    title: t(`${key}.title`),
    body: <p>{t(`${key}.body`)}</p>,
    picture: <JourneyPicture scene={SCENES[key]} />,
  }));
  return (
    <section
      aria-labelledby="path"
      className="grid gap-gap-l border-t border-line py-gap-xl lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]"
    >
      <div>
        <h2 id="path" className="text-xl md:text-2xl">
          {t("title")}
        </h2>
        <p className="mt-2 text-ink-soft">{t("lead")}</p>
        <p className="mt-gap">
          <PlainLink href={`/${locale}/how-it-works`}>{t("more")}</PlainLink>
        </p>
      </div>
      <ValvePath steps={steps} />
    </section>
  );
}
