import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoneyShort } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { MoneySettings } from "@/lib/desk/queries/money-settings";
import { typedSum } from "@/lib/kernel/typed-sum";

interface FeeFormProps {
  fee: MoneySettings["fee"];
  /** Null for whoever only reads. */
  action: FormAction | null;
}

/** The operator's one fee: in euro, and in currencies where it shall not move with the rate. */
export function FeeForm({ fee, action }: FeeFormProps) {
  const t = useTranslations("moneySettings.fee");
  const locale = useLocale();
  const sum = (minor: bigint, currency: string) => formatMoneyShort(minor, currency, locale);
  const hintOf = ({ currency, byRateMinor }: (typeof fee.lines)[number]) =>
    byRateMinor === null ? t("noRate") : t("byRate", { sum: sum(byRateMinor, currency) });
  const seenAt = fee.changedAt?.toISOString() ?? "";
  return (
    <Card heading={t("title")} as="section">
      <p className="mb-gap-m max-w-prose text-ink-soft">{t("lead")}</p>
      {fee.isSet ? null : <Notice tone="attention">{t("unset", { sum: sum(fee.euroCents, "EUR") })}</Notice>}
      {action === null ? (
        <ul className="space-y-1">
          <li>
            <bdi>{sum(fee.euroCents, "EUR")}</bdi>
          </li>
          {fee.lines.map((line) => (
            <li key={line.currency}>
              <bdi>{line.setMinor === null ? hintOf(line) : sum(line.setMinor, line.currency)}</bdi>{" "}
              <bdi dir="ltr" className="text-ink-soft">
                {line.currency}
              </bdi>
            </li>
          ))}
        </ul>
      ) : (
        <ActionForm action={action} className="space-y-gap-m">
          <input type="hidden" name="seenAt" value={seenAt} />
          <div key={seenAt} className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
            <Field name="amount" label={t("euro")} hint={t("euroHint")}>
              <TextInput
                inputMode="decimal"
                maxLength={14}
                autoComplete="off"
                dir="ltr"
                required
                defaultValue={typedSum(fee.euroCents, "EUR")}
              />
            </Field>
            {fee.lines.map((line) => (
              <Field
                key={line.currency}
                name={`sums.${line.currency}`}
                label={<bdi>{t("other", { currency: line.currency })}</bdi>}
                hint={hintOf(line)}
              >
                <TextInput
                  inputMode="decimal"
                  maxLength={14}
                  autoComplete="off"
                  dir="ltr"
                  defaultValue={line.setMinor === null ? "" : typedSum(line.setMinor, line.currency)}
                />
              </Field>
            ))}
          </div>
          <SubmitButton>{t("submit")}</SubmitButton>
        </ActionForm>
      )}
    </Card>
  );
}
