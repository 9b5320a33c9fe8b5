import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface JoinWaitingProps {
  /** Treatments a day can be waited for; one is taken without a question. */
  treatments: readonly string[];
  /** The first day that can be named. */
  from: string;
  /** Days are shown above, none of which may suit. */
  hasDays: boolean;
  reader: "patient" | "coordinator";
  action: FormAction;
}

/** The days somebody could come, to wait for one of them. Folded away while there are days to choose from. */
export function JoinWaiting({ treatments, from, hasDays, reader, action }: JoinWaitingProps) {
  const t = useTranslations("waiting.join");
  const desk = useTranslations("waiting.desk");
  const common = useTranslations("common");
  const names = useTranslations("treatments");
  const [only] = treatments;
  if (only === undefined) return null;
  const title = reader === "coordinator" ? desk("joinFor") : t(hasDays ? "title" : "titleNone");
  const options = treatments.map((value) => ({ value, label: names(value as "teer") }));
  return (
    <details open={!hasDays && reader === "patient"}>
      <summary className="link inline-flex min-h-11 items-center">{title}</summary>
      <div className="max-w-prose space-y-gap pt-2">
        <p className="text-ink-soft">{t("lead")}</p>
        <ActionForm id="join-waiting" action={action}>
          {treatments.length === 1 ? (
            <input type="hidden" name="treatment" value={only} />
          ) : (
            <Field name="treatment" label={t("treatment")}>
              <Select options={options} required />
            </Field>
          )}
          <Field name="fromOn" label={t("from")}>
            <TextInput type="date" min={from} required />
          </Field>
          <Field name="toOn" label={t("to")}>
            <TextInput type="date" min={from} required />
          </Field>
          <Field name="reason" label={t("reason")} hint={t("reasonHint")} optional={common("form.optional")}>
            <TextInput maxLength={300} />
          </Field>
          <SubmitButton look="quiet">{t("join")}</SubmitButton>
        </ActionForm>
      </div>
    </details>
  );
}
