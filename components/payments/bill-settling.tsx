import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BillsView } from "@/lib/payments/bill-view";

interface BillSettlingProps {
  bills: BillsView;
  /** What closing would give back and take off the plan, in minor units. */
  moves: { refund: number; lowered: number };
  action: FormAction;
}

/**
 * Closes the account at the very sum that is shown: should it change meanwhile, nothing is closed. It is final, so it is
 * asked once more, with what it moves in words.
 */
export function BillSettling({ bills, moves, action }: BillSettlingProps) {
  const t = useTranslations("bills.settle");
  const locale = useLocale();
  const { sums, currency } = bills;
  const sum = (amount: number) => formatMoney(BigInt(amount), currency, locale);
  const words = {
    ...{ billed: sum(sums.billed.amount), agreed: sum(sums.agreed.amount), owed: sum(sums.owed.amount) },
    ...{ refund: sum(moves.refund), lowered: sum(moves.lowered) },
  };
  const movesNothing = moves.refund + moves.lowered === 0;
  return (
    <section aria-labelledby="settle" className="space-y-gap border-t border-line py-gap-m">
      <h2 id="settle" className="text-md font-semibold">
        {t("title")}
      </h2>
      <p className="max-w-prose">{t("lead", words)}</p>
      {bills.paidToHospital ? <p className="max-w-prose text-ink-soft">{t("direct")}</p> : null}
      <details>
        <summary className="link inline-flex min-h-control items-center">{t("open", words)}</summary>
        <div className="space-y-gap py-gap">
          <ul className="max-w-prose list-disc space-y-1 ps-5">
            <li>{t("sure.owed", words)}</li>
            {moves.refund > 0 ? <li>{t("sure.refund", words)}</li> : null}
            {moves.lowered > 0 ? <li>{t("sure.lowered", words)}</li> : null}
            {movesNothing && !bills.paidToHospital ? <li>{t("sure.nothing")}</li> : null}
            <li>{t("sure.final")}</li>
          </ul>
          <ActionForm id="settle-bills" action={action}>
            <input type="hidden" name="owed" value={sums.owed.amount} />
            <SubmitButton look="danger">{t("do", words)}</SubmitButton>
          </ActionForm>
        </div>
      </details>
    </section>
  );
}
