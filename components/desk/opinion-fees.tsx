import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { typedSum } from "@/lib/kernel/typed-sum";
import { CURRENCIES } from "@/lib/kernel/money";
import type { OpinionFees as Fees } from "@/lib/reviews/opinion";

interface OpinionFeesProps {
  fees: Fees;
  clinics: readonly { slug: string; name: string }[];
  /** When the fees were last changed, as this page saw them. */
  seenAt: string;
  action: FormAction;
}

/** What each centre takes for a written second opinion, and how long it may take to answer. */
export function OpinionFees({ fees, clinics, seenAt, action }: OpinionFeesProps) {
  const t = useTranslations("opinions.settings");
  const { currency, answerDays } = fees;
  const typed = (slug: string) => {
    const minor = Object.hasOwn(fees.fees, slug) ? fees.fees[slug] : undefined;
    return minor === undefined ? "" : typedSum(BigInt(minor), currency);
  };
  return (
    <Card heading={t("title")} as="section">
      <p className="mb-gap-m max-w-prose text-ink-soft">{t("lead")}</p>
      {clinics.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <ActionForm action={action} className="space-y-gap-m">
          <input type="hidden" name="seenAt" value={seenAt} />
          <div key={seenAt} className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
            <Field name="currency" label={t("currency")}>
              <Select
                options={CURRENCIES.map((value) => ({ value, label: value }))}
                defaultValue={currency}
              />
            </Field>
            <Field name="answerDays" label={t("days")}>
              <TextInput
                inputMode="numeric"
                maxLength={2}
                autoComplete="off"
                dir="ltr"
                defaultValue={answerDays}
              />
            </Field>
            {clinics.map(({ slug, name }) => (
              <Field key={slug} name={`fees.${slug}`} label={<bdi>{t("fee", { clinic: name })}</bdi>}>
                <TextInput
                  inputMode="decimal"
                  maxLength={14}
                  autoComplete="off"
                  dir="ltr"
                  defaultValue={typed(slug)}
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
