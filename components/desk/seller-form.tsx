import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Seller } from "@/lib/payments/seller";

interface SellerFormProps {
  seller: Seller | null;
  /** When it was last changed, as this page saw it. */
  seenAt: string;
  action: FormAction;
}

const SHORT = ["vatId", "taxNumber", "register"] as const;

/** Who sells contract B, as every invoice names it. */
export function SellerForm({ seller, seenAt, action }: SellerFormProps) {
  const t = useTranslations("invoices.seller");
  return (
    <Card heading={t("title")} as="section">
      <p className="mb-gap-m max-w-prose text-ink-soft">{t("lead")}</p>
      <ActionForm action={action} className="space-y-gap-m">
        <input type="hidden" name="seenAt" value={seenAt} />
        <div key={seenAt} className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
          <Field name="name" label={t("name")}>
            <TextInput maxLength={200} autoComplete="off" dir="auto" required defaultValue={seller?.name} />
          </Field>
          <Field name="address" label={t("address")}>
            <TextArea rows={3} maxLength={500} dir="auto" required defaultValue={seller?.address} />
          </Field>
          {SHORT.map((name) => (
            <Field key={name} name={name} label={t(name)}>
              <TextInput maxLength={200} autoComplete="off" dir="auto" defaultValue={seller?.[name]} />
            </Field>
          ))}
        </div>
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
