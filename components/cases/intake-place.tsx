import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import { ValveMark } from "@/components/ui/valve-mark";
import { INTAKE_STEPS, type IntakeStep, QUESTIONS } from "@/lib/cases/intake";

interface IntakePlaceProps {
  step: IntakeStep;
  /** The furthest step these answers may be opened at. */
  reached: IntakeStep;
  /** Somebody changes one answer and goes back to all of them. */
  fromCheck: boolean;
  locale: string;
}

const STEPS: readonly string[] = INTAKE_STEPS;

/** How many questions are behind one, the way back, and the way on to where one stopped. The valve opens as one goes. */
export function IntakePlace({ step, reached, fromCheck, locale }: IntakePlaceProps) {
  const t = useTranslations("intake.progress");
  const now = STEPS.indexOf(step);
  const all = QUESTIONS.length;
  const place = step === "consent" ? t("before") : step === "check" ? t("end") : t("now", { now, all });
  // The consent is given once and not opened again.
  const back = fromCheck ? "check" : now > 1 ? INTAKE_STEPS[now - 1] : undefined;
  const number = STEPS.indexOf(reached);
  return (
    <nav aria-label={t("label")} className="flex min-h-11 flex-wrap items-center gap-x-gap text-base">
      {back === undefined ? null : (
        <span className="inline-flex min-h-11 items-center before:me-1 before:content-['←'] rtl:before:content-['→']">
          <TextLink href={`/${locale}/start?step=${back}`}>{t("back")}</TextLink>
        </span>
      )}
      <span className="inline-flex items-center gap-2 text-ink-soft">
        <span className="text-primary">
          <ValveMark opening={Math.max(0, now) / (all + 1)} size={32} />
        </span>
        {place}
      </span>
      {fromCheck || step === "consent" || number <= now + 1 ? null : (
        <span className="ms-auto inline-flex min-h-11 items-center">
          <TextLink href={`/${locale}/start?step=${reached}`}>
            {reached === "check" ? t("check") : t("on", { number })}
          </TextLink>
        </span>
      )}
    </nav>
  );
}
