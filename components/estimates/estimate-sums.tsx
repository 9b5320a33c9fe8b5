import { useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { formatMoney } from "@/components/ui/format";
import type { EstimateView } from "@/lib/estimates/views";

/** What the groups add up to: what is needed, and with everything of one's choice; and the version's control number. */
export function EstimateSums({ estimate, locale }: { estimate: EstimateView; locale: string }) {
  const t = useTranslations("my.estimates");
  const { totals, totalsWithOptional, hash, currency } = estimate;
  const range = ({ low, expected, high }: EstimateView["totals"]) => {
    const [from, middle, to] = [low, expected, high].map(({ amount }) =>
      formatMoney(BigInt(amount), currency, locale),
    );
    return (
      <span className="flex flex-wrap justify-end gap-x-3">
        <bdi>{middle}</bdi>
        {from === to ? null : (
          <span className="font-normal text-ink-soft">
            <bdi>{from}</bdi> – <bdi>{to}</bdi>
          </span>
        )}
      </span>
    );
  };
  return (
    <section className="mt-gap-m max-w-prose">
      <h3 className="font-semibold">{t("totals")}</h3>
      <DefinitionList
        facts={[
          { term: t("total"), value: range(totals) },
          { term: t("withOptional"), value: range(totalsWithOptional) },
          ...(hash ? [{ term: t("hash"), value: <code className="text-sm">{hash.slice(0, 12)}</code> }] : []),
        ]}
      />
    </section>
  );
}
