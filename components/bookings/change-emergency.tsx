import { useLocale, useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/choices";
import { TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoney } from "@/components/ui/format";

/** For what was done already: when, by whom, why nobody could be asked, and what may count of it. */
export function ChangeEmergency({ upToMinor, currency }: { upToMinor: bigint; currency: string }) {
  const t = useTranslations("changeOrders.propose");
  const locale = useLocale();
  return (
    <details className="border-t border-line pt-gap">
      <summary className="link inline-flex min-h-control items-center">{t("emergency")}</summary>
      <div className="space-y-gap py-gap">
        <p className="max-w-prose text-ink-soft">
          {t("emergencyLead", { ceiling: formatMoney(upToMinor, currency, locale) })}
        </p>
        <Checkbox name="isEmergency" label={t("emergency")} />
        <div className="grid gap-gap sm:grid-cols-2">
          <Field name="emergency.happenedAt" label={t("happenedAt")}>
            <TextInput type="datetime-local" />
          </Field>
          <Field name="emergency.doctor" label={t("doctor")}>
            <TextInput maxLength={200} />
          </Field>
        </div>
        <Field name="emergency.reason" label={t("emergencyReason")}>
          <TextArea rows={3} maxLength={1000} />
        </Field>
      </div>
    </details>
  );
}
