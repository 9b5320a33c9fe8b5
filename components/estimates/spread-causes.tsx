import { useTranslations } from "next-intl";
import { Said } from "@/components/estimates/product-words";
import { formatList, formatMoneyShort } from "@/components/ui/format";
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
  const nameOf = ({ label, kind }: Line) =>
    label ?? (kinds.has(kind as "other") ? kinds(kind as "other") : kind);
  if (lines.length === 0) return <p>{t("movesNothing")}</p>;
  return (
    <>
      <p className="font-semibold">{t("moves")}</p>
      <ul className="space-y-1">
        {lines.map((line) => (
          <li key={line.id}>
            {formatList([nameOf(line), `${sum(line.low)} – ${sum(line.high)}`], locale)}:{" "}
            <Said text={line.cause} />
          </li>
        ))}
      </ul>
    </>
  );
}
