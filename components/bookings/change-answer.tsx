import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatMoney } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChangeOrderView } from "@/lib/payments/price-change-view";

interface ChangeAnswerProps {
  order: ChangeOrderView;
  /** Absent for somebody who may read along and not decide. */
  acts: { accept: FormAction; decline: FormAction } | null;
}

/** The patient's yes, with a typed name and the fingerprint of what was read, or a no. */
export function ChangeAnswer({ order, acts }: ChangeAnswerProps) {
  const t = useTranslations("changeOrders.decide");
  const locale = useLocale();
  if (!acts) return <p className="text-ink-soft">{t("helper")}</p>;
  const { id, hash, from, to, ceiling, aboveCeiling } = order;
  const sum = (amount: number) => formatMoney(BigInt(amount), from.currency, locale);
  return (
    <div className="max-w-xl space-y-gap-m">
      <ActionForm id={`accept-${id}`} action={acts.accept}>
        <input type="hidden" name="changeOrderId" value={id} />
        <input type="hidden" name="hash" value={hash} />
        {aboveCeiling ? (
          <Checkbox
            name="aboveCeiling"
            required
            label={t("above", { over: sum(to.amount - ceiling.amount) })}
          />
        ) : null}
        <Field name="typedName" label={t("typedName")}>
          <TextInput autoComplete="name" required maxLength={200} />
        </Field>
        <SubmitButton>{t("yes", { to: sum(to.amount), from: sum(from.amount) })}</SubmitButton>
      </ActionForm>
      <details>
        <summary className="link inline-flex min-h-11 items-center">{t("no")}</summary>
        <ActionForm id={`decline-${id}`} action={acts.decline} className="mt-gap space-y-gap-m">
          <input type="hidden" name="changeOrderId" value={id} />
          <p className="text-ink-soft">{t("noLead")}</p>
          <Field name="reason" label={t("reason")} optional={t("optional")}>
            <TextArea rows={3} maxLength={1000} />
          </Field>
          <SubmitButton look="quiet">{t("no")}</SubmitButton>
        </ActionForm>
      </details>
    </div>
  );
}
