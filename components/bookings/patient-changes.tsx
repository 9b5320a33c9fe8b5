import { useTranslations } from "next-intl";
import { ChangeAnswer } from "@/components/bookings/change-answer";
import { ChangeCard } from "@/components/bookings/change-card";
import { type PayerBooking, sumsOfPlan } from "@/components/bookings/next-step";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import type { ChangeOrderView } from "@/lib/payments/price-change-view";

interface PatientChangesProps {
  orders: readonly ChangeOrderView[];
  booking: PayerBooking;
  zone: string;
  /** Absent for somebody who may read along and not decide. */
  acts: { accept: FormAction; decline: FormAction } | null;
}

/** The changes of a booking, the one that waits for an answer first; the answered ones are there to be read again. */
export function PatientChanges({ orders, booking, zone, acts }: PatientChangesProps) {
  const t = useTranslations("changeOrders");
  if (orders.length === 0) return null;
  const shared = { zone, reader: "patient" as const, plan: sumsOfPlan(booking) };
  return (
    <section id="changes" className="mb-gap-l scroll-mt-4">
      <Card heading={t("title")}>
        <p className="mb-gap-m max-w-prose text-ink-soft">{t("lead")}</p>
        <ul className="[&>li+li]:mt-gap-l [&>li+li]:border-t [&>li+li]:border-line [&>li+li]:pt-gap-l">
          {orders.map((order) => (
            <li key={order.id}>
              <ChangeCard order={order} {...shared}>
                {order.state === "proposed" ? (
                  <section className="space-y-gap">
                    <h4 className="font-semibold">{t("decide.title")}</h4>
                    <ChangeAnswer order={order} acts={acts} />
                  </section>
                ) : null}
              </ChangeCard>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
