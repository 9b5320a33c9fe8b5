import { useTranslations } from "next-intl";
import { formatList, formatMoney, formatNumber } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import type { EstimatePlanView } from "@/lib/logistics/views/estimate-plan";

interface PaymentPlanProps {
  /** The plan of what is needed; behind it, where there are choices, the plan with all of them. */
  plans: readonly EstimatePlanView[];
  locale: string;
}

/** What is paid when, before anything is accepted: reckoned as the booking will reckon it. */
export function PaymentPlan({ plans, locale }: PaymentPlanProps) {
  const t = useTranslations("estimatePlan");
  const [needed, all] = plans;
  if (!needed) return null;
  const sum = ({ amount, currency }: { amount: number; currency: string }) =>
    formatMoney(BigInt(amount), currency, locale);
  return (
    <section className="mt-gap-m max-w-prose">
      <h3 className="font-semibold">{t("title")}</h3>
      <ol className="divide-y divide-line">
        {needed.items.map((item) => (
          <li key={`${item.kind} ${item.contract}`} className="py-gap">
            <Instalment item={item} locale={locale} />
          </li>
        ))}
        {!needed.toHospital?.amount ? null : (
          <li className="py-gap">
            <p className="flex flex-wrap justify-between gap-x-gap">
              <span className="font-semibold">{t("hospital")}</span>
              <bdi className="tabular">{sum(needed.toHospital)}</bdi>
            </p>
            <p className="text-base text-ink-soft">{t("direct")}</p>
          </li>
        )}
        <li className="py-gap">
          <p className="font-semibold">{t("final")}</p>
          <p className="text-base text-ink-soft">
            {t(needed.contractAMode === "direct" ? "finalDirect" : "finalLead", {
              days: needed.finalAccount.surplusDays,
            })}
          </p>
        </li>
      </ol>
      <p className="text-sm text-ink-soft">
        {t(needed.terms.of === "sending" ? "expectedAsSent" : "expected")}{" "}
        {all && all.total.amount !== needed.total.amount
          ? t("withChoices", { amount: sum(all.total), before: sum(needed.total) })
          : null}
      </p>
      {needed.terms.areChanged || !needed.terms.isBookable ? (
        <div className="mt-gap">
          <Notice tone="attention">{t(needed.terms.isBookable ? "termsChanged" : "termsOver")}</Notice>
        </div>
      ) : null}
    </section>
  );
}

type Item = EstimatePlanView["items"][number];

/** One instalment: how much, by which rule it falls due, and which part of which contract it is. */
function Instalment({ item, locale }: { item: Item; locale: string }) {
  const t = useTranslations("estimatePlan");
  const kinds = useTranslations("planItems");
  const sum = ({ amount, currency }: Item["amount"]) => formatMoney(BigInt(amount), currency, locale);
  const due = item.due.days === null ? t("onSigning") : t("before", { days: item.due.days });
  return (
    <>
      <div className="flex flex-wrap justify-between gap-x-gap">
        <span className="font-semibold">{formatList([kinds(item.kind), due], locale)}</span>
        <bdi className="tabular">{sum(item.amount)}</bdi>
      </div>
      {item.covers.map((part) => (
        <p key={part.contract} className="text-base text-ink-soft">
          {t(`part${part.contract}`, {
            percent: formatNumber(part.shareBp / 100, locale),
            amount: sum(part.amount),
          })}
        </p>
      ))}
    </>
  );
}
