import { useLocale, useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

/** What the product itself writes beside an entry; whatever else stands there is a name, a number or a person's words. */
const WRITTEN = {
  "fee earned": "feeEarned",
  "fee credited": "feeCredited",
  "held for services, covers the fee": "coversFee",
  "held as fee, covers services": "coversServices",
  "refund approved": "refundApproved",
  "refund settled": "refundSettled",
  "refund bounced": "refundBounced",
  "refund taken by the payer's bank": "refundTaken",
  "bank transfer": "bankTransfer",
  "lost beyond what was held": "disputeLost",
} as const;
/** Entries beside which only the provider's own id stands. */
const OF_KIND: Readonly<Record<string, "providerFee" | "disputeLost">> = {
  provider_fee: "providerFee",
  dispute_lost: "disputeLost",
};
const INSTALMENT = /^(\S+) (deposit|balance|final|change)$/;

interface EntryMemoProps {
  entry: { kind: string; memo: string; reference: string; bookingId: string | null };
  /** What bookings are called, by their id. */
  numbers: ReadonlyMap<string, string>;
}

/** What an entry of the ledger is of and for, in the reader's language, and its reference. The books keep it as written. */
export function EntryMemo({ entry, numbers }: EntryMemoProps) {
  const locale = useLocale();
  const { bookingId, reference, kind, memo } = entry;
  const number = bookingId === null ? undefined : numbers.get(bookingId);
  return (
    <span className="inline-block max-w-full align-top">
      {number === undefined ? null : (
        <>
          <TextLink href={`/${locale}/desk/money?bookingId=${bookingId}#ledger`}>
            <bdi className="whitespace-nowrap">{number}</bdi>
          </TextLink>{" "}
        </>
      )}
      <Said kind={kind} memo={memo} number={number} />
      {/* Cut for the eye alone: whoever takes the reference to correct the entry takes all of it. */}
      <bdi
        dir="ltr"
        title={reference}
        className="block w-fit max-w-[24ch] truncate text-sm text-ink-soft select-all"
      >
        {reference}
      </bdi>
    </span>
  );
}

function Said({ kind, memo, number }: { kind: string; memo: string; number: string | undefined }) {
  const t = useTranslations("books.memos");
  const instalments = useTranslations("planItems");
  const written = Object.entries(WRITTEN).find(([words]) => words === memo)?.[1] ?? OF_KIND[kind];
  if (written) return <>{t(written)}</>;
  const [, named, instalment] = INSTALMENT.exec(memo) ?? [];
  if (!named || !instalment) return <bdi className="wrap-anywhere">{memo}</bdi>;
  return (
    <>
      {named === number ? null : (
        <>
          <bdi>{named}</bdi>{" "}
        </>
      )}
      {instalments(instalment as "deposit")}
    </>
  );
}
