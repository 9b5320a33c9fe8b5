import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { ReturnList } from "@/components/desk/return-list";
import { StrayTransfers } from "@/components/desk/stray-transfers";
import { PageHeader } from "@/components/ui/page-header";
import { requireFinance } from "@/lib/infra/session";
import { unmatchedTransfersFor } from "@/lib/payments/queries";
import { returnsFor } from "@/lib/payments/read-returns";
import {
  approveReturnAction,
  proposeReturnAction,
  refuseReturnAction,
  sendReturnAction,
  withdrawReturnAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("transfers");
  return { title: t("title") };
}

const WAITING = ["proposed", "approved"];

/** Bank transfers that pay nothing, and their way back to whoever sent them. */
export default async function ReturnsPage() {
  const finance = await requireFinance();
  const [unmatched, returns] = await Promise.all([unmatchedTransfersFor(finance), returnsFor(finance)]);
  const t = await getTranslations("transfers");
  const actions = {
    ...{ approve: approveReturnAction, refuse: refuseReturnAction },
    ...{ send: sendReturnAction, withdraw: withdrawReturnAction },
  };
  const onTheirWay = new Set(
    returns.filter((one) => WAITING.includes(one.state)).map((one) => one.transferId),
  );
  const stray = unmatched.filter((one) => one.paymentId === null && !onTheirWay.has(one.id));
  const parts = [
    ["waiting", returns.filter((one) => WAITING.includes(one.state)), t("waitingNone")],
    ["ended", returns.filter((one) => !WAITING.includes(one.state)), t("endedNone")],
  ] as const;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MoneyTabs here="returns" />
      <div className="space-y-gap-xl">
        <StrayTransfers transfers={stray} propose={proposeReturnAction} />
        {parts.map(([name, list, none]) => (
          <section key={name} aria-labelledby={name} className="space-y-1">
            <h2 id={name} className="text-md">
              {t(name)}
            </h2>
            {list.length === 0 ? <p className="text-ink-soft">{none}</p> : null}
            <ReturnList returns={list} meId={finance.personId} actions={actions} />
          </section>
        ))}
      </div>
    </>
  );
}
