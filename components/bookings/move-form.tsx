import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatWeekday } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { MOVE_CAUSES } from "@/lib/logistics/reschedule";

interface MoveFormProps {
  /** Days of the same centre and treatment with a free place, soonest first; null where only the desk may move it now. */
  days: readonly { slotId: string; on: string }[] | null;
  locale: string;
  reader: "patient" | "coordinator";
  action: FormAction;
}

/** Another day for a paid booking, folded away until somebody wants it. */
export function MoveForm({ days, locale, reader, action }: MoveFormProps) {
  const t = useTranslations("newDays");
  const isDesk = reader === "coordinator";
  const options = (days ?? []).map(({ slotId, on }) => ({ value: slotId, label: formatWeekday(on, locale) }));
  const causes = MOVE_CAUSES.map((value) => ({ value, label: t(`causes.${value}`) }));
  return (
    <details>
      <summary className="link inline-flex min-h-11 items-center">{t("title")}</summary>
      <div className="max-w-prose space-y-gap">
        <p>{t(isDesk ? "leadDesk" : "lead")}</p>
        {isDesk ? null : <p className="text-ink-soft">{t("contract")}</p>}
        {options.length === 0 ? (
          <p>{t(days === null ? "late" : "none")}</p>
        ) : (
          <ActionForm action={action}>
            <Field name="slotId" label={t("day")} {...(isDesk ? {} : { hint: t("flight") })}>
              <Select options={options} required />
            </Field>
            {isDesk ? (
              <>
                <Field name="cause" label={t("cause")}>
                  <Select options={causes} required />
                </Field>
                <Field name="note" label={t("note")}>
                  <TextInput maxLength={500} required />
                </Field>
              </>
            ) : null}
            <SubmitButton look="quiet">{t("move")}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </details>
  );
}
