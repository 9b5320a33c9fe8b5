import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import type { ChangeOrderView } from "@/lib/payments/price-change-view";

/** Says at the head of the page what the patient has just answered; the change itself stands further down now. */
export function AnsweredChange({ order }: { order: ChangeOrderView | undefined }) {
  const t = useTranslations("changeOrders.decide");
  const locale = useLocale();
  if (order?.state !== "accepted" && order?.state !== "declined") return null;
  const sum = ({ amount, currency }: { amount: number; currency: string }) =>
    formatMoney(BigInt(amount), currency, locale);
  return (
    <div id="answered" className="mb-gap-l scroll-mt-4">
      <Notice tone={order.state === "accepted" ? "good" : "info"} live>
        {order.state === "accepted" ? (
          <p>{t("agreedDone", { contract: order.contract, to: sum(order.to), from: sum(order.from) })}</p>
        ) : (
          <p>{t("declinedDone")}</p>
        )}
        <p>
          <a className="link" href="#changes">
            {t("readAgain")}
          </a>
        </p>
      </Notice>
    </div>
  );
}
