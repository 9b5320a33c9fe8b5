import { useTranslations } from "next-intl";

/** What the product itself writes beside an entry; whatever else stands there is a name, a number or a person's words. */
const WRITTEN = {
  "fee earned": "feeEarned",
  "fee credited": "feeCredited",
  "refund approved": "refundApproved",
  "refund settled": "refundSettled",
  "refund bounced": "refundBounced",
  "refund taken by the payer's bank": "refundTaken",
  "bank transfer": "bankTransfer",
} as const;
const INSTALMENT = /^(\S+) (deposit|balance|final|change)$/;

/** The memo of an entry of the ledger in the reader's language. The books keep it as it was written. */
export function EntryMemo({ memo }: { memo: string }) {
  const t = useTranslations("books.memos");
  const instalments = useTranslations("planItems");
  const written = Object.entries(WRITTEN).find(([words]) => words === memo)?.[1];
  if (written) return <>{t(written)}</>;
  const [, number, kind] = INSTALMENT.exec(memo) ?? [];
  if (!number || !kind) return <bdi>{memo}</bdi>;
  return (
    <>
      <bdi>{number}</bdi> {instalments(kind as "deposit")}
    </>
  );
}
