import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BillsView } from "@/lib/payments/bill-view";

/** Closes the account at the very sum that is shown: should it change meanwhile, nothing is closed. */
export function BillSettling({ bills, action }: { bills: BillsView; action: FormAction }) {
  const t = useTranslations("bills.settle");
  const locale = useLocale();
  const { sums, currency } = bills;
  const sum = (amount: number) => formatMoney(BigInt(amount), currency, locale);
  const words = {
    ...{ billed: sum(sums.billed.amount), agreed: sum(sums.agreed.amount) },
    owed: sum(sums.owed.amount),
  };
  return (
    <section aria-labelledby="settle" className="space-y-gap border-t border-line py-gap-m">
      <h2 id="settle" className="text-md font-semibold">
        {t("title")}
      </h2>
      <p className="max-w-prose">{t("lead", words)}</p>
      {bills.paidToHospital ? <p className="max-w-prose text-ink-soft">{t("direct")}</p> : null}
      <ActionForm id="settle-bills" action={action}>
        <input type="hidden" name="owed" value={sums.owed.amount} />
        <SubmitButton>{t("do", words)}</SubmitButton>
      </ActionForm>
    </section>
  );
}
