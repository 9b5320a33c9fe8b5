import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay, formatMoney } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import type { OpinionView } from "@/lib/payments/opinion-view";

interface NoStatementProps {
  /** The second opinions of the case: their fees are the money that moves without a booking. */
  opinions: readonly OpinionView[];
  pages: { booking: string; orders: string };
}

/** A case without a booking: nothing is accounted for here, and what was paid for second opinions is said, with the way there. */
export function NoStatement({ opinions, pages }: NoStatementProps) {
  const t = useTranslations("payments.page");
  const paid = opinions.filter(({ paidAt }) => paidAt !== null);
  if (opinions.length === 0)
    return <EmptyState title={t("empty")} act={<TextLink href={pages.booking}>{t("toBooking")}</TextLink>} />;
  return (
    <EmptyState
      title={paid.length > 0 ? t("onlyOpinions") : t("nothingPaid")}
      act={<TextLink href={pages.orders}>{t("toOrders")}</TextLink>}
    >
      {paid.length === 0 ? (
        t("opinionsElsewhere")
      ) : (
        <ul>
          {paid.map((opinion) => (
            <li key={opinion.id}>
              <PaidOpinion opinion={opinion} />
            </li>
          ))}
        </ul>
      )}
    </EmptyState>
  );
}

function PaidOpinion({ opinion }: { opinion: OpinionView }) {
  const t = useTranslations("payments.page");
  const second = useTranslations("opinions");
  const locale = useLocale();
  const { fee, number, paidAt, refund } = opinion;
  return (
    <>
      {t.rich("paidOpinion", {
        amount: formatMoney(BigInt(fee.amount), fee.currency, locale),
        day: formatDay((paidAt ?? "").slice(0, 10), locale),
        number: () => <bdi>{number}</bdi>,
        sum: (words) => <bdi className="font-semibold tabular">{words}</bdi>,
      })}{" "}
      {refund ? second("refundState", { state: second(`refundStates.${refund}`) }) : null}
    </>
  );
}
