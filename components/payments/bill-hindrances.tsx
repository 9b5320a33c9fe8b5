import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { whyNotYet } from "@/lib/payments/bill";
import type { Hindrance } from "@/lib/payments/read-hindrances";

interface BillHindrancesProps {
  hindrances: readonly Hindrance[];
  currency: string;
}

/** Why an account cannot be closed, every reason with what is to be done about it and by whom. */
export function BillHindrances({ hindrances, currency }: BillHindrancesProps) {
  const t = useTranslations("bills.blocked");
  const wasClosed = hindrances.some(({ reason }) => reason === "account_settled");
  // What was closed in time needs no other stage any more.
  const shown = hindrances.filter(({ reason }) => !wasClosed || reason !== "illegal_transition");
  const isClosed = wasClosed && shown.length === 1;
  return (
    <section aria-labelledby="blocked" className="border-t border-line py-gap-m">
      <h2 id="blocked" className="pb-gap text-md font-semibold">
        {isClosed ? t("closed") : t("title")}
      </h2>
      <Notice tone={isClosed ? "good" : "attention"}>
        <ul className={`max-w-prose space-y-2 ${shown.length > 1 ? "list-disc ps-5" : ""}`}>
          {shown.map((one) => (
            <li key={one.reason}>
              <Why one={one} currency={currency} />
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}

function Why({ one, currency }: { one: Hindrance; currency: string }) {
  const t = useTranslations("bills.blocked");
  const stages = useTranslations("desk.stages");
  const places = useTranslations("books.places");
  const locale = useLocale();
  if (one.reason === "illegal_transition")
    return t(whyNotYet(one.from, one.stage), { stage: stages(one.stage) });
  if (one.reason !== "already_released") return t(one.reason);
  return (
    <>
      {t("already_released", { amount: formatMoney(one.overMinor, currency, locale) })}{" "}
      <TextLink href={`/${locale}/desk/money/releases`}>{places("releases")}</TextLink>
    </>
  );
}
