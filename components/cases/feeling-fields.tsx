import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/ui/choices";
import { TextLink } from "@/components/ui/text-link";
import { feelingOf, SYMPTOM_ANSWERS } from "@/lib/cases/feeling";
import { EVERYDAY_CODES } from "@/lib/cases/intake-answer";

interface Felt {
  symptoms: unknown;
  values: unknown;
}

/** The four classes of the New York Heart Association in plain words; the last one leads back to the warning signs. */
export function BreathFields({ draft, locale }: { draft: Felt; locale: string }) {
  const t = useTranslations("intake.feeling");
  const hint = <TextLink href={`/${locale}/start?step=flags`}>{t("restHint")}</TextLink>;
  const options = SYMPTOM_ANSWERS.nyha.map((value) => ({
    value,
    label: t(`answer.nyha.${value}`),
    ...(value === "IV" ? { hint } : {}),
  }));
  return (
    <RadioGroup
      name="symptoms.nyha"
      legend={<span className="sr-only">{t("question.nyha")}</span>}
      options={[...options, { value: "", label: t("noAnswer") }]}
      defaultValue={feelingOf(draft).symptoms.nyha}
    />
  );
}

export function EverydayFields({ draft }: { draft: Felt }) {
  const t = useTranslations("intake.feeling");
  const { symptoms } = feelingOf(draft);
  return EVERYDAY_CODES.map((code) => (
    <RadioGroup
      key={code}
      name={`symptoms.${code}`}
      legend={t(`question.${code}`)}
      options={[
        ...SYMPTOM_ANSWERS[code].map((value) => ({
          value,
          label: t(`answer.${code}.${value}` as "answer.stairs.one"),
        })),
        { value: "", label: t("noAnswer") },
      ]}
      defaultValue={symptoms[code]}
    />
  ));
}
