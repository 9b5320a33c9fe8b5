import { useLocale, useTranslations } from "next-intl";
import { FinalBill } from "@/components/payments/final-bill";
import { AloneRow, BilledRow, type BillReader } from "@/components/payments/bill-row";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay, formatMoney } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import type { BillsView } from "@/lib/payments/bill-view";
import type { FinalBillView } from "@/lib/payments/final-bill-view";

interface BillMirrorProps {
  bills: BillsView;
  /** A patient is spoken to, a family after a death is asked for nothing, staff are told of the patient. */
  reader: BillReader;
  /** Where every movement stands; a centre has no such page. */
  statement?: string;
  /** What was paid of the closed account, where it is paid through us and the reader may know it. */
  finalBill?: FinalBillView | null;
}

/** Two columns, line joined to line: what was agreed, what was billed, and what of it is owed. */
export function BillMirror({ bills, reader, statement, finalBill = null }: BillMirrorProps) {
  const t = useTranslations("bills");
  const isPatient = reader === "patient";
  const { rows, others } = bills;
  const priced = rows.filter((row) => row.agreed.amount > 0 || row.lines.length > 0);
  return (
    <div className="space-y-gap-m">
      {bills.account ? (
        <FinalAccount bills={bills} reader={reader} statement={statement} finalBill={finalBill} />
      ) : null}
      <Sums bills={bills} reader={reader} finalBill={finalBill} />
      {finalBill ? <FinalBill bill={finalBill} isAsked={reader !== "family"} /> : null}
      {bills.paidToHospital && isPatient ? <p className="max-w-prose">{t("paidToHospital")}</p> : null}
      <section aria-label={t("staffTitle")}>
        <div
          aria-hidden
          className="hidden gap-x-10 border-b border-edge pb-2 text-sm font-semibold text-ink-soft sm:grid sm:grid-cols-2"
        >
          <p>{t(isPatient ? "agreed" : "agreedStaff")}</p>
          <p>{t(isPatient ? "billed" : "billedStaff")}</p>
        </div>
        <ul className="divide-y divide-line">
          {priced.map((row) => (
            <BilledRow key={row.lineId} row={row} reader={reader} />
          ))}
          {others.map((line) => (
            <AloneRow key={line.id} line={line} reader={reader} />
          ))}
        </ul>
      </section>
      <Matched bills={bills} />
    </div>
  );
}

function Sums({ bills, reader, finalBill }: Pick<BillMirrorProps, "bills" | "reader" | "finalBill">) {
  const t = useTranslations("bills.sums");
  const locale = useLocale();
  const { sums, currency } = bills;
  const isPatient = reader === "patient";
  const sum = (amount: number) => <bdi>{formatMoney(BigInt(amount), currency, locale)}</bdi>;
  // After a death nobody accepts a change any more: what would wait for one is owed by nobody.
  const notOwed = sums.notOwed.amount + (reader === "family" ? sums.waiting.amount : 0);
  const facts = [
    { term: t("agreed"), value: sum(sums.agreed.amount) },
    { term: t(isPatient ? "ceiling" : "ceilingStaff"), value: sum(sums.ceiling.amount) },
    { term: t("billed"), value: sum(sums.billed.amount) },
    // Once the account is closed the final bill says it, beside what was paid.
    ...(finalBill && bills.account?.stands
      ? []
      : [{ term: t(isPatient ? "owed" : "owedStaff"), value: sum(sums.owed.amount) }]),
    ...(sums.waiting.amount > 0 && reader !== "family"
      ? [{ term: t(isPatient ? "waiting" : "waitingStaff"), value: sum(sums.waiting.amount) }]
      : []),
    ...(notOwed > 0 ? [{ term: t(isPatient ? "notOwed" : "notOwedStaff"), value: sum(notOwed) }] : []),
  ];
  return (
    <div className="max-w-xl">
      <h3 className="sr-only">{t("title")}</h3>
      <DefinitionList facts={facts} />
    </div>
  );
}

function FinalAccount({ bills, reader, statement, finalBill }: BillMirrorProps) {
  const t = useTranslations("bills.account");
  const locale = useLocale();
  const { account, sums, currency } = bills;
  if (!account) return null;
  const sum = (amount: number) => formatMoney(BigInt(amount), currency, locale);
  const isPatient = reader === "patient";
  const words = {
    day: formatDay(account.settledAt.slice(0, 10), locale),
    ...{ billed: sum(account.billed.amount), owed: sum(account.owed.amount) },
  };
  const isOlder = account.billed.amount !== sums.billed.amount || account.owed.amount !== sums.owed.amount;
  const { refund, lowered } = account;
  return (
    <Notice tone={isOlder ? "attention" : "good"} title={t("title")}>
      <p>{t(isPatient ? "closed" : "closedStaff", words)}</p>
      {finalBill ? <p>{t("paid", { paid: sum(finalBill.paid.amount) })}</p> : null}
      {finalBill && finalBill.open.amount > 0 && reader !== "family" ? (
        <p>{t("open", { open: sum(finalBill.open.amount) })}</p>
      ) : null}
      {refund.amount > 0 ? (
        <p>
          {t(reader === "staff" ? "refundStaff" : finalBill?.isBack ? "refunded" : "refund", {
            refund: sum(refund.amount),
          })}
        </p>
      ) : null}
      {lowered.amount > 0 ? <p>{t("lowered", { lowered: sum(lowered.amount) })}</p> : null}
      {refund.amount + lowered.amount === 0 ? <p>{t("even")}</p> : null}
      {isOlder ? <p>{t("older")}</p> : null}
      {statement ? (
        <p>
          <TextLink href={statement}>{t("statement")}</TextLink>
        </p>
      ) : null}
    </Notice>
  );
}

/** Who says which line stands for which. */
function Matched({ bills }: Pick<BillMirrorProps, "bills">) {
  const t = useTranslations("bills");
  const locale = useLocale();
  const { matchedBy } = bills;
  if (!matchedBy) return <p className="text-sm text-ink-soft">{t("proposed")}</p>;
  const facts = { name: matchedBy.name, day: formatDay(matchedBy.at.slice(0, 10), locale) };
  return <p className="text-sm text-ink-soft">{t("matchedBy", facts)}</p>;
}
