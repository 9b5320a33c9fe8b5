import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatMoment, formatWeekday } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { isBeforeItsDay } from "@/lib/bookings/booking";
import type { BookingView } from "@/lib/bookings/views/booking";
import { type CaseStage, mayMoveByHand } from "@/lib/cases/case";
import type { Day } from "@/lib/kernel/day";

/** What a centre may say about the patient it treats, in the order it happens. */
const ON_SITE = ["on_site", "treated", "discharged"] as const;
const CAUSES = ["centre_declines", "not_treatable", "no_show", "force_majeure"] as const;

interface BookingActsProps {
  booking: BookingView;
  /** Where the case stands; null when the centre may no longer know. */
  stage: CaseStage | null;
  /** The day it is at the centre. */
  today: Day;
  actions: { confirm: FormAction; cancel: FormAction; move: FormAction };
}

/** Confirms the day, says what happened on site, or gives the day back. */
export function BookingActs({ booking, stage, today, actions }: BookingActsProps) {
  const t = useTranslations("cabinet.bookings");
  const locale = useLocale();
  const isTreated = stage !== null && !["contracting", "preparing", "on_site"].includes(stage);
  const next = stage === null ? undefined : ON_SITE.find((to) => mayMoveByHand("clinic", stage, to));
  return (
    <div className="max-w-xl space-y-gap-m">
      {booking.state === "awaiting_centre" ? (
        <ActionForm action={actions.confirm} className="space-y-gap">
          <p>{t("confirmLead", { day: formatWeekday(booking.treatmentOn, locale) })}</p>
          <SubmitButton>{t("confirm")}</SubmitButton>
        </ActionForm>
      ) : null}
      {next && ["confirmed", "completed"].includes(booking.state) ? (
        <ActionForm action={actions.move} className="space-y-gap">
          <input type="hidden" name="to" value={next} />
          {isBeforeItsDay(next, booking.treatmentOn, today) ? (
            <>
              <p>{t(`early.${next}`, { day: formatWeekday(booking.treatmentOn, locale) })}</p>
              <Checkbox name="early" required label={t("early.sure")} />
            </>
          ) : null}
          <SubmitButton>{t(`stage.${next}`)}</SubmitButton>
        </ActionForm>
      ) : null}
      {["awaiting_centre", "confirmed"].includes(booking.state) && !isTreated ? (
        <details>
          <summary className="link inline-flex min-h-control items-center">{t("cancel")}</summary>
          <ActionForm action={actions.cancel} className="space-y-gap py-gap">
            <p className="text-sm text-ink-soft">{t("cancelLead")}</p>
            <Field name="cause" label={t("cause")}>
              <Select
                required
                empty={t("choose")}
                options={CAUSES.map((value) => ({ value, label: t(`causes.${value}`) }))}
              />
            </Field>
            <SubmitButton look="danger">{t("cancelDo")}</SubmitButton>
          </ActionForm>
        </details>
      ) : null}
    </div>
  );
}

/** Contract A as the patient signed it. */
export function ContractText({ booking }: { booking: BookingView }) {
  const t = useTranslations("cabinet.bookings");
  const locale = useLocale();
  const contract = booking.contracts.find((one) => one.kind === "A");
  if (!contract) return null;
  const { signedAt, signedName } = contract;
  return (
    <section aria-labelledby="contract" className="space-y-gap">
      <h2 id="contract" className="text-md">
        {t("contractA")}
      </h2>
      <p className="text-ink-soft">
        {signedAt && signedName
          ? t("signedBy", {
              name: signedName,
              when: formatMoment(new Date(signedAt), booking.timeZone, locale),
            })
          : t("unsigned")}
      </p>
      <details>
        <summary className="link inline-flex min-h-control items-center">{t("readContract")}</summary>
        <div lang={contract.language} dir="auto" className="max-w-prose py-gap whitespace-pre-line">
          {contract.text}
        </div>
      </details>
    </section>
  );
}
