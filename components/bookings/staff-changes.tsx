import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChangeCard } from "@/components/bookings/change-card";
import { ActionForm } from "@/components/ui/action-form";
import { formatDay } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChangeOrderView } from "@/lib/payments/price-change-view";

interface StaffChangesProps {
  orders: readonly ChangeOrderView[];
  zone: string;
  /** Takes a proposal back. */
  decline: FormAction;
  /** What proves an emergency that waits for it; the centre has no say in that. */
  proof?: (order: ChangeOrderView) => ReactNode;
  /** The day the final account was closed: from then on nothing of contract A changes. */
  closedOn: string | null;
  /** The forms of a new proposal. */
  children: ReactNode;
}

/** The changes of a booking as centre and desk see them, and the way to the next one. */
export function StaffChanges({ orders, zone, decline, proof, closedOn, children }: StaffChangesProps) {
  const t = useTranslations("changeOrders");
  const locale = useLocale();
  return (
    <section
      id="changes"
      aria-labelledby="changes-title"
      className="space-y-gap border-t border-line py-gap-m"
    >
      <h2 id="changes-title" className="text-md">
        {t("title")}
      </h2>
      <p className="max-w-prose text-ink-soft">{t("staffLead")}</p>
      <ul className="divide-y divide-line">
        {orders.map((order) => (
          <li key={order.id} className="max-w-4xl py-gap">
            <ChangeCard order={order} zone={zone} reader="staff">
              {order.state === "proposed" ? (
                <ActionForm id={`take-back-${order.id}`} action={decline}>
                  <input type="hidden" name="changeOrderId" value={order.id} />
                  <SubmitButton look="quiet">{t("propose.takeBack")}</SubmitButton>
                </ActionForm>
              ) : null}
              {order.state === "emergency_applied" && !order.emergency?.provenAt && proof
                ? proof(order)
                : null}
            </ChangeCard>
          </li>
        ))}
      </ul>
      {closedOn ? (
        <p className="max-w-prose">{t("propose.accountClosed", { day: formatDay(closedOn, locale) })}</p>
      ) : null}
      {isWaiting(orders) ? <p className="text-ink-soft">{t("propose.waiting")}</p> : children}
    </section>
  );
}

/** Whether a change waits for its answer or its proof, so that no other can be proposed. */
function isWaiting(orders: readonly ChangeOrderView[]): boolean {
  return orders.some(
    ({ state, emergency }) =>
      state === "proposed" || (state === "emergency_applied" && emergency?.provenAt === null),
  );
}
