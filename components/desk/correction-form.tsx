import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { CURRENCIES } from "@/lib/kernel/money";
import { OWN_ACCOUNTS } from "@/lib/payments/ledger";

/** A correction in the open month that names what it corrects; `once` keeps a second sending from being booked. */
export function CorrectionForm({ once, action }: { once: string; action: FormAction }) {
  const t = useTranslations("books.correction");
  const names = useTranslations("desk.money.accounts");
  const accounts = OWN_ACCOUNTS.map((value) => ({ value, label: names(value) }));
  return (
    <section aria-labelledby="correction" className="max-w-3xl space-y-gap">
      <h2 id="correction" className="text-md">
        {t("title")}
      </h2>
      <p className="max-w-prose text-ink-soft">{t("lead")}</p>
      <ActionForm action={action} className="space-y-gap-m">
        <input type="hidden" name="once" value={once} />
        <Field name="corrects" label={t("corrects")} hint={t("correctsHint")}>
          <TextInput maxLength={200} autoComplete="off" dir="ltr" required />
        </Field>
        <div className="grid gap-x-gap-l gap-y-gap sm:grid-cols-2">
          {(["debit", "credit"] as const).map((side) => (
            <Field key={side} name={side} label={t(side)}>
              <Select empty="–" options={accounts} required />
            </Field>
          ))}
          <Field name="amount" label={t("amount")}>
            <TextInput inputMode="decimal" autoComplete="off" dir="ltr" required />
          </Field>
          <Field name="currency" label={t("currency")}>
            <Select options={CURRENCIES.map((value) => ({ value, label: value }))} defaultValue="EUR" />
          </Field>
        </div>
        <Field name="reason" label={t("reason")}>
          <TextInput maxLength={300} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton look="quiet">{t("do")}</SubmitButton>
      </ActionForm>
    </section>
  );
}
