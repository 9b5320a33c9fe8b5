import { useTranslations } from "next-intl";
import { RICH } from "@/components/trust/rich";
import { ValvePath } from "@/components/trust/valve-path";

const STEPS = ["ask", "records", "centres", "choose", "sign", "prepare", "there", "settle", "after"] as const;

export function HowItWorks() {
  const t = useTranslations("trust.how");
  const steps = STEPS.map((key) => ({
    key,
    title: t(`steps.${key}.title`),
    body: t.rich(`steps.${key}.body`, RICH),
    clock: (
      <p className="border-s-2 border-primary ps-3 text-base text-ink-soft">
        <span className="font-semibold text-ink">{t("clock")}: </span>
        {t(`steps.${key}.clock`)}
      </p>
    ),
  }));
  return <ValvePath steps={steps} />;
}
