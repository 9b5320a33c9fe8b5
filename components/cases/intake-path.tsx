import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import { INTAKE_STEPS, type IntakeStep } from "@/lib/cases/intake";

interface IntakePathProps {
  step: IntakeStep;
  /** The furthest step this draft may be opened at. */
  reached: IntakeStep;
  locale: string;
}

/** Where one is, the way back, and each step one has been at. The consent is given once and not opened again. */
export function IntakePath({ step, reached, locale }: IntakePathProps) {
  const t = useTranslations("intake");
  const now = INTAKE_STEPS.indexOf(step);
  const open = INTAKE_STEPS.indexOf(reached);
  const before = INTAKE_STEPS[now - 1];
  const hrefOf = (each: IntakeStep) => `/${locale}/start?step=${each}`;
  return (
    <nav aria-label={t("path.label")} className="space-y-1">
      <p className="flex flex-wrap items-center justify-between gap-x-gap">
        <span className="text-ink-soft">{t("step", { now: now + 1, all: INTAKE_STEPS.length })}</span>
        {before === undefined || before === "consent" ? null : (
          <span className="inline-flex min-h-11 items-center">
            <TextLink href={hrefOf(before)}>{t("path.back")}</TextLink>
          </span>
        )}
      </p>
      {step === "consent" ? null : (
        <ol className="flex flex-wrap gap-x-4 text-sm">
          {INTAKE_STEPS.map((each, index) => (
            <li
              key={each}
              aria-current={each === step ? "step" : undefined}
              className={`inline-flex min-h-11 items-center ${each === step ? "font-semibold" : "text-ink-soft"}`}
            >
              {each === step || each === "consent" || index > open ? (
                t(`path.${each}`)
              ) : (
                <TextLink href={hrefOf(each)}>{t(`path.${each}`)}</TextLink>
              )}
            </li>
          ))}
        </ol>
      )}
    </nav>
  );
}
