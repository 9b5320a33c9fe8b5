import { useTranslations } from "next-intl";
import { Said } from "@/components/estimates/product-words";
import { formatMoneyShort } from "@/components/ui/format";
import type { EstimateView } from "@/lib/estimates/views";

type Line = EstimateView["lines"][number];

const SHOWN_MAX = 3;

/** The needed lines that move the sum most, widest first. */
export function widestLines(lines: readonly Line[]): Line[] {
  const spread = (line: Line) => line.high.amount - line.low.amount;
  return lines
    .filter((line) => !line.optional && spread(line) > 0)
    .toSorted((one, other) => spread(other) - spread(one))
    .slice(0, SHOWN_MAX);
}

/** At the drawing: which lines make the sum lower or higher, by how much and why. */
export function SpreadCauses({ estimate, locale }: { estimate: EstimateView; locale: string }) {
  const t = useTranslations("my.estimates");
  const kinds = useTranslations("lineKinds");
  const lines = widestLines(estimate.lines);
  const sum = (money: { amount: number }) =>
    formatMoneyShort(BigInt(money.amount), estimate.currency, locale);
  if (lines.length === 0) return <p>{t("movesNothing")}</p>;
  return (
    <>
      <p className="font-semibold">{t("moves")}</p>
      <ul className="space-y-1">
        {lines.map((line) => (
          <li key={line.id}>
            <bdi>
              {line.label ?? (kinds.has(line.kind as "other") ? kinds(line.kind as "other") : line.kind)}
            </bdi>
            , <bdi>{sum(line.low)}</bdi> – <bdi>{sum(line.high)}</bdi>: <Said text={line.cause} />
          </li>
        ))}
      </ul>
    </>
  );
}
