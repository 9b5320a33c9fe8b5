import { useLocale, useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { BankAccount } from "@/lib/payments/bank-transfer";
import type { StatementView } from "@/lib/payments/statement-view";
import { amountInText } from "@/lib/payments/wording";

interface OwedAgainProps {
  owed: StatementView["taken"]["owed"];
  /** The number of the booking: what the transfer names. */
  number: string;
  /** Where money comes through the bank; null where nobody has said. */
  account: BankAccount | null;
  messages: string;
}

/** What the reader's bank took and the booking still needs: each sum with all that is needed to send it. */
export function OwedAgain({ owed, number, account, messages }: OwedAgainProps) {
  const t = useTranslations("payments.page");
  const locale = useLocale();
  return (
    <>
      {owed.map(({ planItemId, amount, text }) => (
        <div key={planItemId} className="max-w-prose">
          <p>{text}</p>
          {account ? (
            <p className="mt-2 whitespace-pre-line">
              {t("owedHow", {
                ...account,
                reference: number,
                amount: amountInText(BigInt(amount.amount), amount.currency, locale),
              })}
            </p>
          ) : null}
        </div>
      ))}
      <p className="mt-2 max-w-prose">
        {account ? t("owedWrong") : t("owedAsk")} <TextLink href={messages}>{t("toMessages")}</TextLink>
      </p>
    </>
  );
}
