import { useTranslations } from "next-intl";
import { RefusedAnswers } from "@/components/gallery/refused-answers";
import { Densities, Section } from "@/components/gallery/section";
import { Checkbox } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

export function Refused() {
  const t = useTranslations("gallery.say");
  const errors = { mail: t("mailError"), agree: t("agreeError") };
  return (
    <Section name="refused">
      <Densities>
        <RefusedAnswers title={t("problem")} errors={errors} values={{ mail: t("mailTyped") }}>
          <Field name="mail" label={t("mail")}>
            <TextInput type="email" />
          </Field>
          <Checkbox name="agree" label={t("agree")} hint={t("agreeHint")} />
        </RefusedAnswers>
        <Notice tone="good">{t("good")}</Notice>
      </Densities>
    </Section>
  );
}
