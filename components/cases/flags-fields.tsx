import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/ui/choices";
import { RED_FLAG_QUESTIONS } from "@/lib/cases/intake";

/** The four warning signs, read together. */
export function FlagsFields({ flags }: { flags: Record<string, boolean | null> | null }) {
  const t = useTranslations("intake.flags");
  const options = [
    { value: "no", label: t("no") },
    { value: "yes", label: t("yes") },
  ];
  const unknown = { value: "unknown", label: t("notMeasured") };
  const given = (question: string) => {
    const answer = flags?.[question];
    if (answer === undefined) return undefined;
    return answer === null ? "unknown" : answer ? "yes" : "no";
  };
  return RED_FLAG_QUESTIONS.map((question) => (
    <RadioGroup
      key={question}
      name={question}
      legend={t(question)}
      options={question === "oxygenBelow92" ? [...options, unknown] : options}
      defaultValue={given(question)}
      required
    />
  ));
}
