import { useTranslations } from "next-intl";
import { RICH } from "@/components/trust/rich";
import { JourneyPicture, type JourneyScene } from "@/components/pictures/journey";
import { ValvePath } from "@/components/trust/valve-path";

const STEPS = ["ask", "records", "centres", "choose", "sign", "prepare", "there", "settle", "after"] as const;

const SCENES: Readonly<Partial<Record<(typeof STEPS)[number], JourneyScene>>> = {
  ask: "question",
  records: "records",
  centres: "answers",
  choose: "compare",
  there: "travel",
  after: "home",
};

export function HowItWorks() {
  const t = useTranslations("trust.how");
  const steps = STEPS.map((key) => ({
    key,
    title: t(`steps.${key}.title`),
    body: t.rich(`steps.${key}.body`, RICH),
    picture: picture(SCENES[key]),
    clock: (
      <p className="border-s-2 border-primary ps-3 text-base text-ink-soft">
        <span className="font-semibold text-ink">{t("clock")}: </span>
        {t(`steps.${key}.clock`)}
      </p>
    ),
  }));
  return <ValvePath steps={steps} />;
}

function picture(scene: JourneyScene | undefined) {
  return scene === undefined ? undefined : <JourneyPicture scene={scene} />;
}
