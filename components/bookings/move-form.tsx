import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatWeekday } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { MOVE_CAUSES } from "@/lib/logistics/reschedule";

interface MoveFormProps {
  /** Days of the same centre and treatment with a free place, soonest first; or why there are none to choose from. */
  days: readonly { slotId: string; on: string }[] | "late" | "signed";
  /** It is a hold, and nothing is signed or paid. */
  isHold: boolean;
  /** The day it is moved from, as the reader sees it. */
  fromSlotId: string;
  locale: string;
  reader: "patient" | "coordinator";
  action: FormAction;
}

/** Another day for a booking, folded away until somebody wants it. */
export function MoveForm({ days, isHold, fromSlotId, locale, reader, action }: MoveFormProps) {
  const t = useTranslations("newDays");
  const isDesk = reader === "coordinator";
  const reason = typeof days === "string" ? days : days.length === 0 ? "none" : null;
  const options = typeof days === "string" ? [] : days;
  const causes = MOVE_CAUSES.map((value) => ({ value, label: t(`causes.${value}`) }));
  const lead = isHold ? (isDesk ? "leadHeldDesk" : "leadHeld") : isDesk ? "leadDesk" : "lead";
  return (
    <details>
      <summary className="link inline-flex min-h-11 items-center">{t("title")}</summary>
      <div className="max-w-prose space-y-gap">
        {days === "signed" ? null : <p>{t(lead)}</p>}
        {isDesk || isHold || days === "signed" ? null : <p className="text-ink-soft">{t("contract")}</p>}
        {reason ? (
          <p>{t(reason)}</p>
        ) : (
          <ActionForm action={action}>
            <input type="hidden" name="fromSlotId" value={fromSlotId} />
            <Field name="slotId" label={t("day")} {...(isDesk ? {} : { hint: t("flight") })}>
              <Select
                options={options.map(({ slotId, on }) => ({
                  value: slotId,
                  label: formatWeekday(on, locale),
                }))}
                required
              />
            </Field>
            {isDesk ? (
              <>
                <Field name="cause" label={t("cause")}>
                  <Select options={causes} required />
                </Field>
                <Field name="note" label={t("note")} hint={t("noteHint")}>
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
