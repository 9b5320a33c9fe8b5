import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BankTransfers } from "@/components/desk/bank-transfers";
import { LedgerTable } from "@/components/desk/ledger-table";
import { MoneyTabs } from "@/components/desk/money-tabs";
import { MoneyWaitingList } from "@/components/desk/money-waiting";
import { RefundTable } from "@/components/desk/refund-table";
import { UnexplainedMovements } from "@/components/desk/unexplained-movements";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { refundsToHandle } from "@/lib/desk/queries/money";
import { requireFinance } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { ledgerForm } from "@/lib/payments/forms";
import { bookingNumbersOf, ledgerFor, trialBalance, unmatchedTransfersFor } from "@/lib/payments/queries";
import { readMoneyWaiting } from "@/lib/payments/read-money-waiting";
import { unexplainedMovementsFor } from "@/lib/payments/read-movements";
import {
  approveRefundAction,
  confirmExplanationAction,
  explainMovementAction,
  matchTransferAction,
  recordTransferAction,
  refuseExplanationAction,
  refuseRefundAction,
  settleBankRefundAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.money");
  return { title: t("title") };
}

const LEDGER_ROWS = 20;

export default async function MoneyPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const finance = await requireFinance();
  const asked = paramsOf(await searchParams);
  const read = ledgerForm.safeParse({ limit: LEDGER_ROWS, ...asked });
  const query = read.success ? read.data : ledgerForm.parse({ limit: LEDGER_ROWS });
  const [counts, refunds, waiting, movements, balances, ledger] = await Promise.all([
    readMoneyWaiting(finance),
    refundsToHandle(finance),
    unmatchedTransfersFor(finance),
    unexplainedMovementsFor(finance),
    trialBalance(finance),
    ledgerFor(finance, query, "newest"),
  ]);
  const numbers = await bookingNumbersOf(finance, [...ledger.items, { bookingId: query.bookingId ?? null }]);
  const t = await getTranslations("desk.money");
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/desk/money`;
  const { cursor: _old, ...filters } = asked;
  const address = (more: Record<string, string>) =>
    `${base}?${new URLSearchParams({ ...filters, ...more })}#ledger`;
  return (
    <>
      <PageHeader title={t("title")} />
      <MoneyTabs here="today" />
      <div className="space-y-gap-xl">
        <MoneyWaitingList waiting={counts} balances={balances} />
        <RefundTable
          refunds={refunds}
          meId={finance.personId}
          actions={{
            approve: approveRefundAction,
            refuse: refuseRefundAction,
            settle: settleBankRefundAction,
          }}
        />
        <BankTransfers
          waiting={waiting.filter((transfer) => transfer.paymentId === null)}
          today={dayOf(new Date())}
          record={recordTransferAction}
          match={matchTransferAction}
        />
        <UnexplainedMovements
          movements={movements.items}
          total={movements.total}
          meId={finance.personId}
          actions={{
            explain: explainMovementAction,
            confirm: confirmExplanationAction,
            refuse: refuseExplanationAction,
          }}
        />
        <div>
          <LedgerTable entries={ledger.items} query={query} numbers={numbers} action={base} />
          <Pager
            label={pager("label")}
            firstLabel={pager("first")}
            nextLabel={pager("next")}
            {...(query.cursor ? { first: address({}) } : {})}
            {...(ledger.next ? { next: address({ cursor: ledger.next }) } : {})}
          />
        </div>
      </div>
    </>
  );
}
