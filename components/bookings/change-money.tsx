import { useLocale, useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { formatMoney } from "@/components/ui/format";
import type { ChangeOrderView } from "@/lib/payments/price-change-view";

/** Minor units paid and still open today. */
export interface PlanToday {
  paid: number;
  open: number;
}

interface ChangeMoneyProps {
  order: ChangeOrderView;
  reader: "patient" | "staff";
  plan: PlanToday | undefined;
}

/** What a change does, or did, to what was paid and is still owed, in sentences. */
export function ChangeMoney({ order, reader, plan }: ChangeMoneyProps) {
  const t = useTranslations("changeOrders.money");
  const locale = useLocale();
  const { effect, paidToHospital } = order;
  if (!effect) return null;
  const counts = doesCount(order);
  const sum = (amount: number) => formatMoney(BigInt(amount), order.from.currency, locale);
  const { instalment, lowered, refund } = effect;
  const isNothing = instalment.amount + lowered.amount + refund.amount === 0;
  return (
    <section className="max-w-prose space-y-1">
      <h4 className="font-semibold">{reader === "patient" ? t("title") : t("staffTitle")}</h4>
      {plan && !counts && !isNothing ? (
        <DefinitionList
          facts={[
            { term: t("paid"), value: <bdi>{sum(plan.paid)}</bdi> },
            { term: t("openNow"), value: <bdi>{sum(plan.open)}</bdi> },
            {
              term: t("openThen"),
              value: <bdi>{sum(plan.open + instalment.amount - lowered.amount)}</bdi>,
            },
          ]}
        />
      ) : null}
      {instalment.amount > 0 ? (
        <p>{t(instalmentWord(order, reader), { amount: sum(instalment.amount) })}</p>
      ) : null}
      {lowered.amount > 0 ? <p>{t("lowered", { amount: sum(lowered.amount) })}</p> : null}
      {refund.amount > 0 ? <p>{t("refund", { amount: sum(refund.amount) })}</p> : null}
      {isNothing ? <p>{paidToHospital && reader === "patient" ? t("hospital") : t("none")}</p> : null}
    </section>
  );
}

function doesCount({ state, emergency }: ChangeOrderView): boolean {
  return state === "accepted" || Boolean(emergency?.provenAt);
}

function instalmentWord(order: ChangeOrderView, reader: "patient" | "staff") {
  if (doesCount(order)) return "instalmentDone";
  if (order.emergency) return "instalmentProven";
  return reader === "patient" ? "instalment" : "instalmentPlain";
}
