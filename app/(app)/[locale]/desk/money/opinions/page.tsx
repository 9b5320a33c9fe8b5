import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DisputedFees } from "@/components/desk/disputed-fees";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { OpinionMoney } from "@/components/desk/opinion-money";
import { RefundTable } from "@/components/desk/refund-table";
import { PageHeader } from "@/components/ui/page-header";
import { refundsToHandle } from "@/lib/desk/queries/money";
import { requireFinance } from "@/lib/infra/session";
import { disputedFeesFor } from "@/lib/payments/read-fee-troubles";
import { opinionsInMoney } from "@/lib/reviews/read-opinions";
import { approveRefundAction, refuseRefundAction, settleBankRefundAction } from "../actions";
import {
  noteFeeLossAction,
  payOutOpinionAction,
  payoutReturnedAction,
  releaseOpinionAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("opinions.desk");
  return { title: t("title") };
}

/** Fees of second opinions that are held, owed to a centre, paid to it or given back. */
export default async function OpinionMoneyPage() {
  const finance = await requireFinance();
  const [opinions, disputed, refunds] = await Promise.all([
    opinionsInMoney(finance),
    disputedFeesFor(finance),
    refundsToHandle(finance),
  ]);
  // What goes back by itself is left out: it waits for nobody here.
  const fees = refunds.filter(
    ({ bookingId, state, method }) =>
      bookingId === null && (state === "failed" || method === "bank_transfer"),
  );
  const t = await getTranslations("opinions.desk");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="opinions" />
      <div className="space-y-gap-xl">
        {fees.length > 0 ? (
          <section aria-label={t("refunds")}>
            <RefundTable
              refunds={fees}
              lead={t("refundsLead")}
              meId={finance.personId}
              actions={{
                approve: approveRefundAction,
                refuse: refuseRefundAction,
                settle: settleBankRefundAction,
              }}
            />
          </section>
        ) : null}
        <DisputedFees fees={disputed} note={noteFeeLossAction} />
        <section aria-labelledby="orders" className="space-y-1">
          <h2 id="orders" className="text-md">
            {t("orders")}
          </h2>
          <OpinionMoney
            opinions={opinions}
            meId={finance.personId}
            acts={{
              release: releaseOpinionAction,
              payOut: payOutOpinionAction,
              payoutReturned: payoutReturnedAction,
            }}
          />
        </section>
      </div>
    </>
  );
}
