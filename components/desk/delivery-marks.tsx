import { useLocale, useTranslations } from "next-intl";
import { Fold } from "@/components/desk/part-frame";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatDay, formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { dayOf } from "@/lib/kernel/day";
import type { JourneyService } from "@/lib/desk/queries/journey";

interface DeliveryMarksProps {
  services: readonly JourneyService[];
  currency: string;
  isCancelled: boolean;
  actions: { deliver: FormAction; keep: FormAction; withdraw: FormAction };
}

/** What was booked and how it stands: delivered with its proof, still to come, or owed for though it was called off. */
export function DeliveryMarks({ services, currency, isCancelled, actions }: DeliveryMarksProps) {
  const t = useTranslations("journey.services");
  return (
    <section className="space-y-gap">
      <h3 className="text-sm text-ink-soft">{t("title")}</h3>
      <p className="max-w-prose text-ink-soft">{t(services.length === 0 ? "none" : "lead")}</p>
      <ul className="divide-y divide-line">
        {services.map((service) => (
          <li key={service.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 py-gap">
            <Standing service={service} currency={currency} />
            {service.mark.state === "open" ? (
              <div className="w-full max-w-sm">
                {service.isMarked && !isCancelled ? (
                  <Deliver serviceId={service.id} action={actions.deliver} />
                ) : null}
                <Keep serviceId={service.id} currency={currency} action={actions.keep} />
              </div>
            ) : service.mark.markId ? (
              <div className="w-full max-w-sm">
                <Withdraw markId={service.mark.markId} action={actions.withdraw} />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Standing({ service, currency }: { service: JourneyService; currency: string }) {
  const t = useTranslations("journey.services");
  const kinds = useTranslations("lineKinds");
  const locale = useLocale();
  const { kind, amountMinor, mark, isMarked } = service;
  return (
    <div className="min-w-0 flex-1 basis-80">
      <p className="font-semibold">
        {kinds.has(kind as "other") ? kinds(kind as "other") : kind},{" "}
        <bdi>{formatMoney(amountMinor, currency, locale)}</bdi>
      </p>
      <p className="text-sm text-ink-soft">
        {mark.state === "delivered"
          ? t("delivered", { day: formatDay(dayOf(mark.deliveredAt), locale) })
          : mark.state === "kept"
            ? t("kept", { amount: formatMoney(mark.amountMinor, currency, locale) })
            : t(isMarked ? "open" : "told")}
      </p>
      {mark.state !== "open" && mark.note ? (
        <p className="text-sm text-ink-soft wrap-anywhere" dir="auto">
          {mark.note}
        </p>
      ) : null}
    </div>
  );
}

function Deliver({ serviceId, action }: { serviceId: string; action: FormAction }) {
  const t = useTranslations("journey.services");
  return (
    <Fold title={t("deliver")}>
      <ActionForm action={action} className="space-y-gap">
        <input type="hidden" name="serviceId" value={serviceId} />
        <Field name="deliveredOn" label={t("deliveredOn")}>
          <TextInput type="date" required />
        </Field>
        <Field name="note" label={t("proof")} hint={t("proofHint")}>
          <TextInput maxLength={500} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton look="quiet">{t("deliverDo")}</SubmitButton>
      </ActionForm>
    </Fold>
  );
}

function Keep({ serviceId, currency, action }: { serviceId: string; currency: string; action: FormAction }) {
  const t = useTranslations("journey.services");
  return (
    <Fold title={t("keep")}>
      <ActionForm action={action} className="space-y-gap">
        <input type="hidden" name="serviceId" value={serviceId} />
        <Field name="amount" label={t("amount", { currency })}>
          <TextInput inputMode="decimal" autoComplete="off" dir="ltr" required />
        </Field>
        <Field name="note" label={t("proof")} hint={t("keepHint")}>
          <TextInput maxLength={500} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton look="quiet">{t("keepDo")}</SubmitButton>
      </ActionForm>
    </Fold>
  );
}

function Withdraw({ markId, action }: { markId: string; action: FormAction }) {
  const t = useTranslations("journey.services");
  return (
    <Fold title={t("withdraw")}>
      <ActionForm action={action} className="space-y-gap">
        <input type="hidden" name="markId" value={markId} />
        <Field name="reason" label={t("whyWithdrawn")} hint={t("withdrawHint")}>
          <TextInput maxLength={500} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton look="quiet">{t("withdrawDo")}</SubmitButton>
      </ActionForm>
    </Fold>
  );
}
