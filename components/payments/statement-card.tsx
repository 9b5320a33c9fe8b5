import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FinalBill } from "@/components/payments/final-bill";
import { OwedAgain } from "@/components/payments/owed-again";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay, formatMoney } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import type { BankAccount } from "@/lib/payments/bank-transfer";
import type { StatementView } from "@/lib/payments/statement-view";

type Contract = StatementView["contracts"][number];
interface Money {
  amount: number;
  currency: string;
}

const SUMS = ["planned", "paid", "taken", "refunded", "advanced", "released", "held", "open"] as const;
/** Most bookings know nothing of these. */
const RARE: readonly string[] = ["taken", "advanced"];

interface StatementCardProps {
  statement: StatementView;
  /** The pages of its case: where what is still open is paid, and where the reader writes to us. */
  pages: { payments: string; messages: string };
  /** Where money comes through the bank; null where nobody has said. */
  account: BankAccount | null;
  children?: ReactNode;
}

/** One booking's money in plain words: in all, by contract and line, and what moved when. Every sum is the sum of what it names. */
export function StatementCard({ statement, pages, account, children }: StatementCardProps) {
  const t = useTranslations("payments.page");
  const { totals } = statement;
  const heading = `statement-${statement.bookingId}`;
  return (
    <section className="space-y-gap-m" aria-labelledby={heading}>
      <h2 id={heading} className="text-lg font-semibold">
        {t("booking")} <bdi>{statement.number}</bdi>
      </h2>
      <div className="max-w-prose space-y-2">
        <Told
          word={statement.hasEnded ? "youPaidEnded" : "youPaid"}
          money={totals.paid}
          other={totals.planned}
        />
        {statement.taken.text ? <p>{statement.taken.text}</p> : null}
        {statement.taken.asked.text ? <p>{statement.taken.asked.text}</p> : null}
        {totals.released.amount > 0 ? <Told word="passedOn" money={totals.released} /> : null}
        {totals.refunded.amount > 0 ? <Told word="cameBack" money={totals.refunded} /> : null}
        {statement.advanced ? <p>{statement.advanced}</p> : null}
        <p>{statement.held.text}</p>
        {statement.withdrawn ? <p>{statement.withdrawn}</p> : null}
        <ToPay statement={statement} payments={pages.payments} />
        {statement.uncovered.text ? <p>{statement.uncovered.text}</p> : null}
        {totals.borneByOperator.amount > 0 ? <Told word="weBore" money={totals.borneByOperator} /> : null}
        {statement.surplus.text ? <p>{statement.surplus.text}</p> : null}
        {statement.strays.map(({ amount, text }) => (
          <p key={amount.currency}>{text}</p>
        ))}
      </div>
      {statement.taken.owed.length > 0 ? (
        <Notice tone="attention" title={t("owedTitle")}>
          <OwedAgain
            owed={statement.taken.owed}
            number={statement.number}
            account={account}
            messages={pages.messages}
          />
        </Notice>
      ) : null}
      {statement.finalBill ? <FinalBill bill={statement.finalBill} /> : null}
      <Passed passed={statement.passed} />
      <HeldFunds held={statement.held} />
      <Movements statement={statement} />
      <Changes statement={statement} />
      <Moves statement={statement} />
      {children}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-gap-m lg:grid-cols-[repeat(2,minmax(0,1fr))]">
        {statement.contracts.map((contract) => (
          <ContractSums
            key={contract.contract}
            contract={contract}
            finalBill={contract.contract === "A" ? statement.finalBill : null}
          />
        ))}
      </div>
    </section>
  );
}

/** What is still to be paid, and what of it a second time. */
function ToPay({ statement, payments }: { statement: StatementView; payments: string }) {
  const t = useTranslations("payments.page");
  const { open, again } = statement.totals;
  if (open.amount === 0) return statement.uncovered.text ? null : <p>{t("nothingToPay")}</p>;
  return (
    <>
      <Told word="stillToPay" money={open} />
      {again.amount > 0 ? <Told word="paidAgain" money={again} /> : null}
      {open.amount > again.amount ? (
        <p>
          <TextLink href={payments}>{t("toPayments")}</TextLink>
        </p>
      ) : null}
    </>
  );
}

interface ToldProps {
  word: "youPaid" | "youPaidEnded" | "passedOn" | "cameBack" | "stillToPay" | "paidAgain" | "weBore";
  money: Money;
  other?: Money;
}

/** A sum in its sentence, the figure set apart. */
function Told({ word, money, other = money }: ToldProps) {
  const t = useTranslations("payments.page");
  const locale = useLocale();
  const figure = (sum: Money) => formatMoney(BigInt(sum.amount), sum.currency, locale);
  return (
    <p>
      {t.rich(word, {
        amount: figure(money),
        planned: figure(other),
        sum: (words) => <bdi className="font-semibold tabular">{words}</bdi>,
      })}
    </p>
  );
}

/** What left the reader's pockets, for what. */
function Passed({ passed }: { passed: StatementView["passed"] }) {
  const t = useTranslations("payments.page");
  if (passed.length === 0) return null;
  return (
    <div>
      <h3 className="mb-2 font-semibold">{t("passedFor")}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {passed.map(({ pocket, text }) => (
          <li key={pocket} className="py-2">
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is held for the reader, for what, where and until when. */
function HeldFunds({ held }: { held: StatementView["held"] }) {
  const t = useTranslations("payments.page");
  if (held.pockets.length === 0) return null;
  return (
    <div>
      <h3 className="mb-2 font-semibold">{t("heldFor")}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {held.pockets.map(({ pocket, text }) => (
          <li key={pocket} className="py-2">
            <p className="max-w-prose">{text}</p>
          </li>
        ))}
      </ul>
      <p className="mt-2 max-w-prose text-ink-soft">{held.where}</p>
    </div>
  );
}

function Movements({ statement }: { statement: StatementView }) {
  const t = useTranslations("payments.page");
  const locale = useLocale();
  return (
    <div>
      <h3 className="mb-2 font-semibold">{t("movements")}</h3>
      {statement.movements.length === 0 ? <p className="text-ink-soft">{t("none")}</p> : null}
      <ul className="divide-y divide-line border-y border-line">
        {statement.movements.map((movement) => (
          <li key={movement.id} className="py-2">
            <p className="text-base text-ink-soft">{formatDay(movement.at.slice(0, 10), locale)}</p>
            <p>{movement.text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The changes that count: why the lines below differ from the estimate. */
function Changes({ statement }: { statement: StatementView }) {
  const t = useTranslations("payments.page");
  if (statement.changes.length === 0) return null;
  return (
    <div>
      <h3 className="mb-2 font-semibold">{t("changes")}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {statement.changes.map((change) => (
          <li key={change.id} className="py-2">
            {change.text}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where the day went: why a contract may name another one. */
function Moves({ statement }: { statement: StatementView }) {
  const t = useTranslations("payments.page");
  if (statement.moves.length === 0) return null;
  return (
    <div>
      <h3 className="mb-2 font-semibold">{t("moves")}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {statement.moves.map((move) => (
          <li key={move.at} className="py-2">
            {move.text}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The sums of one contract, and the lines its plan is made of. */
function ContractSums({ contract, finalBill }: { contract: Contract } & Pick<StatementView, "finalBill">) {
  const t = useTranslations("payments.page");
  const final = useTranslations("payments.finalBill");
  const kinds = useTranslations("lineKinds");
  const locale = useLocale();
  const money = ({ amount, currency }: Money) => formatMoney(BigInt(amount), currency, locale);
  const nameOf = ({ kind, label }: Contract["lines"][number]) =>
    label ?? (kinds.has(kind as "other") ? kinds(kind as "other") : kind);
  const bills = finalBill ? [{ term: final("bill"), value: <bdi>{money(finalBill.bill)}</bdi> }] : [];
  const isOther = finalBill !== null && finalBill.bill.amount !== contract.planned.amount;
  const less =
    (finalBill?.bill.amount ?? 0) - contract.lines.reduce((all, line) => all + line.amount.amount, 0);
  return (
    <Card as="section">
      <h3>{contract.text}</h3>
      <DefinitionList
        facts={SUMS.filter((sum) => !RARE.includes(sum) || contract[sum].amount > 0)
          .map((sum) => ({
            term: isOther && sum === "planned" ? final("planned") : t(sum),
            value: <bdi>{money(contract[sum])}</bdi>,
          }))
          .toSpliced(1, 0, ...bills)}
      />
      {contract.lines.length === 0 ? null : (
        <details>
          <summary className="link inline-flex min-h-11 items-center">{t("lines")}</summary>
          <DefinitionList
            facts={[
              ...contract.lines.map((line) => ({
                term: nameOf(line),
                value: <bdi>{money(line.amount)}</bdi>,
              })),
              ...(less === 0 || !finalBill
                ? []
                : [
                    {
                      term: final("less"),
                      value: <bdi>{money({ amount: less, currency: finalBill.bill.currency })}</bdi>,
                    },
                  ]),
              ...bills,
            ]}
          />
        </details>
      )}
    </Card>
  );
}
