import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface InvoiceAddressFormProps {
  /** Street and town as they stand on invoices now; null where nobody wrote them. */
  lines: string | null;
  action: FormAction;
}

/** Where invoices are addressed to, below the name. */
export function InvoiceAddressForm({ lines, action }: InvoiceAddressFormProps) {
  const t = useTranslations("invoices.address");
  return (
    <ActionForm action={action} className="space-y-gap">
      <Field name="lines" label={t("lines")} hint={t("hint")}>
        <TextArea rows={4} maxLength={300} autoComplete="street-address" defaultValue={lines ?? ""} />
      </Field>
      <SubmitButton look="quiet">{t("submit")}</SubmitButton>
    </ActionForm>
  );
}
