import { useLocale, useTranslations } from "next-intl";
import { MoneyRow } from "@/components/desk/money-row";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DisputedFee } from "@/lib/payments/read-fee-troubles";

interface DisputedFeesProps {
  fees: readonly DisputedFee[];
  /** Says that a loss was looked at. */
  note: FormAction;
}

/** Fees of answered second opinions that the payer's bank asks for or took: what it means, and what is to be done. */
export function DisputedFees({ fees, note }: DisputedFeesProps) {
  const t = useTranslations("opinions.desk");
  const locale = useLocale();
  if (fees.length === 0) return null;
  return (
    <section aria-labelledby="disputed-fees" className="space-y-gap">
      <h2 id="disputed-fees" className="text-md">
        {t("disputed")}
      </h2>
      <ul className="divide-y divide-line">
        {fees.map((fee) => (
          <MoneyRow key={fee.id} sum={<bdi>{formatMoney(fee.feeMinor, fee.currency, locale)}</bdi>}>
            <p>
              <bdi>{fee.number}</bdi>
              {" · "}
              <bdi>{fee.clinic.name}</bdi>
            </p>
            <p className="max-w-prose text-sm text-ink-soft">
              {fee.isLost ? t(fee.state === "paid_out" ? "lostPaidOut" : "lost") : t("asked")}
            </p>
            {fee.isLost ? (
              <ActionForm action={note}>
                <input type="hidden" name="opinionId" value={fee.id} />
                <SubmitButton look="quiet">{t("noteLoss")}</SubmitButton>
              </ActionForm>
            ) : null}
          </MoneyRow>
        ))}
      </ul>
    </section>
  );
}
