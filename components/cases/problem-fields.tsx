import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/ui/choices";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { TREATMENT_WISHES } from "@/lib/cases/forms";

export function ProblemField({ problem }: { problem: string | null }) {
  const t = useTranslations("intake.problem");
  return (
    <Field name="problem" label={t("text")} hint={t("textHint")}>
      <TextArea rows={6} required maxLength={4000} defaultValue={problem ?? ""} />
    </Field>
  );
}

/** Not knowing is the first answer: most people were told of no treatment yet. */
export function TreatmentField({ treatment }: { treatment: string | undefined }) {
  const t = useTranslations("intake.treatment");
  const names = useTranslations("treatments");
  const told = TREATMENT_WISHES.filter((each) => each !== "not-sure");
  const options = [
    { value: "not-sure", label: t("notSure") },
    ...told.map((value) => ({ value, label: names(value) })),
  ];
  return (
    <RadioGroup
      name="treatment"
      legend={<span className="sr-only">{t("title")}</span>}
      options={options}
      defaultValue={treatment ?? "not-sure"}
      required
    />
  );
}
