import { useLocale, useTranslations } from "next-intl";
import { DISPUTE_TONES } from "@/components/desk/dispute-list";
import { MoneyRow, StatedSum } from "@/components/desk/money-row";
import { formatMoment } from "@/components/ui/format";
import { DESK_ZONE } from "@/lib/desk/clock";
import { disputeReason } from "@/lib/payments/dispute";
import type { DisputeOfCase } from "@/lib/payments/read-disputes";

/** What the payer's bank asks for of a booking, for whoever speaks with the patient; finance answers the bank. */
export function CaseDisputes({ disputes }: { disputes: readonly DisputeOfCase[] }) {
  const t = useTranslations("disputes");
  const locale = useLocale();
  if (disputes.length === 0) return null;
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  return (
    <section className="space-y-1 py-gap">
      <h3 className="text-sm text-ink-soft">{t("title")}</h3>
      <ul className="divide-y divide-line">
        {disputes.map(({ id, state, reason, currency, amountMinor, openedAt, answerBy, endedAt }) => (
          <MoneyRow
            key={id}
            sum={
              <StatedSum amountMinor={amountMinor} currency={currency} tone={DISPUTE_TONES[state]}>
                {t(`states.${state}`)}
              </StatedSum>
            }
          >
            <p className="max-w-prose">{t(`reasons.${disputeReason(reason)}`)}</p>
            <p className="text-sm text-ink-soft">
              {t("openedAt", { when: when(openedAt) })}
              {endedAt ? ` · ${t("endedAt", { when: when(endedAt) })}` : null}
              {state === "needs_answer" && answerBy ? ` · ${t("answerBy", { when: when(answerBy) })}` : null}
            </p>
            <p className="max-w-prose text-sm text-ink-soft">{t(`desk.${state}`)}</p>
          </MoneyRow>
        ))}
      </ul>
    </section>
  );
}
