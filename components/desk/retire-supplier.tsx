import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SupplierRow } from "@/lib/desk/queries/suppliers";

interface RetireSupplierProps {
  supplier: SupplierRow;
  /** What is held and booked with its people. */
  staying: number;
  retire: FormAction;
  restore: FormAction;
}

/** Lets a supplier go, and says before what stays; or takes it back. */
export function RetireSupplier({ supplier, staying, retire, restore }: RetireSupplierProps) {
  const t = useTranslations("suppliers");
  if (supplier.retiredAt)
    return (
      <Card heading={t("restore.title")} as="section">
        <p className="max-w-prose text-ink-soft">{t("restore.lead")}</p>
        <ActionForm action={restore} className="space-y-gap">
          <SubmitButton look="quiet">{t("restore.submit")}</SubmitButton>
        </ActionForm>
      </Card>
    );
  return (
    <Card heading={t("retire.title")} as="section">
      <p className="max-w-prose text-ink-soft">{t("retire.lead")}</p>
      <p className="max-w-prose">{t("retire.staying", { count: staying })}</p>
      <ActionForm action={retire} className="space-y-gap">
        <input type="hidden" name="seenAt" value={supplier.changedAt.toISOString()} />
        <SubmitButton look="danger">{t("retire.submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
