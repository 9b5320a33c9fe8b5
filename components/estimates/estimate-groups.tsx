import { useTranslations } from "next-intl";
import { Quantity, RefundWords, Said } from "@/components/estimates/product-words";
import { formatMoney } from "@/components/ui/format";
import type { EstimateView } from "@/lib/estimates/views";

type Line = EstimateView["lines"][number];
type Sums = Pick<Line, "low" | "expected" | "high">;

interface EstimateGroupsProps {
  estimate: EstimateView;
  locale: string;
}

/** The lines in three groups: with the hospital, with us, of one's choice. On a phone each is folded behind its sum. */
export function EstimateGroups({ estimate, locale }: EstimateGroupsProps) {
  const t = useTranslations("my.estimates");
  const { lines, contracts } = estimate;
  const needed = (contract: "A" | "B") =>
    lines.filter((line) => line.contract === contract && !line.optional);
  const chosen = lines.filter((line) => line.optional);
  const groups = [
    { key: "A", name: t("groupA"), lines: needed("A"), sums: contracts.A },
    { key: "B", name: t("groupB"), lines: needed("B"), sums: contracts.B },
    { key: "choice", name: t("groupChoice"), lines: chosen, sums: added(chosen) },
  ];
  return (
    <div className="border-t border-line">
      {groups
        .filter((group) => group.lines.length > 0)
        .map((group) => (
          <details
            key={group.key}
            className="group/lines border-b border-line lg:[&::details-content]:block lg:[&::details-content]:[content-visibility:visible] print:[&::details-content]:block print:[&::details-content]:[content-visibility:visible]"
          >
            <summary className="flex min-h-11 cursor-pointer list-none flex-wrap items-baseline justify-between gap-x-gap py-2 lg:pointer-events-none [&::-webkit-details-marker]:hidden">
              <span className="font-semibold">
                <span aria-hidden className="me-2 inline-block w-3 text-primary lg:hidden">
                  <span className="group-open/lines:hidden">+</span>
                  <span className="hidden group-open/lines:inline">−</span>
                </span>
                {group.name}
              </span>
              <Amount sums={group.sums} currency={estimate.currency} locale={locale} strong />
            </summary>
            <ul className="pb-3">
              {group.lines.map((line) => (
                <GroupLine key={line.id} line={line} currency={estimate.currency} locale={locale} />
              ))}
            </ul>
          </details>
        ))}
    </div>
  );
}

function added(lines: readonly Line[]): Sums {
  const sum = (name: keyof Sums) => ({
    amount: lines.reduce((all, line) => all + line[name].amount, 0),
    currency: lines[0]?.[name].currency ?? "EUR",
  });
  return { low: sum("low"), expected: sum("expected"), high: sum("high") };
}

function GroupLine({ line, currency, locale }: { line: Line; currency: string; locale: string }) {
  const kinds = useTranslations("lineKinds");
  const isFixed = line.low.amount === line.high.amount;
  return (
    <li className="flex flex-wrap justify-between gap-x-gap border-t border-line/60 py-2 text-base first:border-t-0">
      <span className="min-w-0">
        <bdi>{line.label ?? (kinds.has(line.kind as "other") ? kinds(line.kind as "other") : line.kind)}</bdi>
        {line.quantity === 1 ? null : (
          <span className="text-ink-soft">
            {" · "}
            <Quantity quantity={line.quantity} unit={line.unit} />
          </span>
        )}
        {isFixed ? null : (
          <span className="block text-sm text-ink-soft">
            <Said text={line.cause} />
          </span>
        )}
        <RefundWords line={line} />
      </span>
      <Amount sums={line} currency={currency} locale={locale} />
    </li>
  );
}

interface AmountProps {
  sums: Sums;
  currency: string;
  locale: string;
  strong?: boolean;
}

/** One number where the price is fixed; else the expected one over the two it lies between. */
function Amount({ sums, currency, locale, strong = false }: AmountProps) {
  const t = useTranslations("my.estimates");
  const [low, expected, high] = [sums.low, sums.expected, sums.high].map(({ amount }) =>
    formatMoney(BigInt(amount), currency, locale),
  );
  const isFixed = sums.low.amount === sums.high.amount;
  return (
    <span className="ms-auto text-end tabular">
      <bdi className={strong ? "font-semibold" : ""}>{expected}</bdi>
      <span className="block text-sm text-ink-soft">
        {isFixed ? t("fixed") : t("spread", { low: low ?? "", high: high ?? "" })}
      </span>
    </span>
  );
}
