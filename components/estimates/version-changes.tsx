import { useLocale, useTranslations } from "next-intl";
import { knownWords, Quantity, Said } from "@/components/estimates/product-words";
import { formatDay, formatMoney, formatNumber } from "@/components/ui/format";
import { SERVICE_RULES } from "@/lib/estimates/catalogue";
import type { Range } from "@/lib/estimates/estimate";
import { RULE_OPTION } from "@/lib/estimates/line-rule";
import {
  type FactChange,
  factChanges,
  type Version,
  type VersionChange,
  versionChanges,
  type VersionLine,
} from "@/lib/estimates/version-changes";
import type { EstimateView } from "@/lib/estimates/views";
import { deviceFacts, isDevice } from "@/lib/guides/device";

interface VersionChangesProps {
  before: EstimateView;
  after: EstimateView;
  locale: string;
}

/** What is new in this version of an estimate, in sentences; the sum first. */
export function VersionChanges({ before, after, locale }: VersionChangesProps) {
  const t = useTranslations("estimateChanges");
  const changes = versionChanges(versionOf(before), versionOf(after));
  const sum = (estimate: EstimateView) =>
    formatMoney(BigInt(estimate.totals.expected.amount), estimate.currency, locale);
  return (
    <section className="mb-gap-m border-s-2 border-primary ps-gap">
      <h3 className="font-semibold">{t("title", { version: before.version })}</h3>
      <p>
        {sum(before) === sum(after)
          ? t("sumSame", { sum: sum(after) })
          : t.rich("sum", { before: sum(before), after: sum(after), sum: (said) => <bdi>{said}</bdi> })}
      </p>
      {changes.length === 0 ? <p className="text-ink-soft">{t("nothing")}</p> : null}
      <ul className="mt-1 list-disc space-y-1 ps-5">
        {changes.map((change, index) => (
          // Told once, in this order; nothing else names a change.
          <li key={index}>
            <Change change={change} before={before} after={after} locale={locale} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function versionOf(estimate: EstimateView): Version {
  return {
    ...estimate,
    lines: estimate.lines.map(({ low, expected, high, ...line }) => ({
      ...line,
      ...{ lowMinor: BigInt(low.amount), expectedMinor: BigInt(expected.amount) },
      highMinor: BigInt(high.amount),
    })),
  };
}

function Change({ change, before, after, locale }: VersionChangesProps & { change: VersionChange }) {
  const t = useTranslations("estimateChanges");
  const amount = (line: Range, { currency }: EstimateView) => rangeText(line, currency, locale);
  switch (change.what) {
    case "line_added":
    case "line_dropped": {
      const { line, what } = change;
      const said = amount(line, what === "line_added" ? after : before);
      const word = what === "line_dropped" ? "dropped" : line.optional ? "addedChoice" : "added";
      return <Told word={word} line={line} figures={{ amount: said }} />;
    }
    case "line_changed": {
      const figures = { before: amount(change.before, before), after: amount(change.after, after) };
      return <ChangedLine before={change.before} after={change.after} figures={figures} />;
    }
    case "valid_until":
      return t("validUntil", {
        before: formatDay(change.before, locale),
        after: formatDay(change.after, locale),
      });
    case "currency":
      return t("currency", { before: change.before, after: change.after });
    default:
      return (
        <>
          {t(change.what)} <Said text={change.text} />
        </>
      );
  }
}

function rangeText({ lowMinor, expectedMinor, highMinor }: Range, currency: string, locale: string): string {
  const [low, expected, high] = [lowMinor, expectedMinor, highMinor].map((minor) =>
    formatMoney(minor, currency, locale),
  );
  return low === high ? `${expected}` : `${expected} (${low} – ${high})`;
}

type ToldFact = FactChange["fact"] | "treatment";

interface ToldProps {
  word: "added" | "addedChoice" | "dropped" | "price" | "quantity" | "nowNeeded" | "nowChoice" | ToldFact;
  line: VersionLine;
  figures: Record<string, string>;
}

function Told({ word, line, figures }: ToldProps) {
  const t = useTranslations("estimateChanges");
  const kinds = useTranslations("lineKinds");
  const { kind, label } = line;
  const name = label ?? (kinds.has(kind as "other") ? kinds(kind as "other") : kind);
  return t.rich(word, {
    ...figures,
    line: name,
    name: (said) => <bdi className="font-semibold">{said}</bdi>,
    sum: (said) => <bdi className="tabular">{said}</bdi>,
    said: (said) => <bdi>{said}</bdi>,
  });
}

/** A line that stayed: its price, how much of it, whether it is needed. */
function ChangedLine({
  before,
  after,
  figures,
}: {
  before: VersionLine;
  after: VersionLine;
  figures: Record<string, string>;
}) {
  const isOtherAmount = before.quantity !== after.quantity || before.unit !== after.unit;
  const isOtherPrice = figures["before"] !== figures["after"];
  return (
    <>
      {before.optional === after.optional ? null : (
        <span className="block">
          <Told word={after.optional ? "nowChoice" : "nowNeeded"} line={after} figures={{}} />
        </span>
      )}
      {isOtherPrice ? (
        <span className="block">
          <Told word="price" line={after} figures={figures} />
        </span>
      ) : null}
      {isOtherAmount ? (
        <span className="block">
          <Told word="quantity" line={after} figures={{}} /> <HowMuch line={before} /> →{" "}
          <HowMuch line={after} />
        </span>
      ) : null}
      {factChanges(before, after).map((change) => (
        <span key={`${change.fact} ${change.name}`} className="block">
          <Fact change={change} line={after} />
        </span>
      ))}
    </>
  );
}

/** The device, the treatment, what the price depends on, its tax, or an option of a person's own. */
function Fact({ change, line }: { change: FactChange; line: VersionLine }) {
  const t = useTranslations("estimateChanges");
  const words = useTranslations("estimateWords");
  const treatments = useTranslations("treatments");
  const ways = useTranslations("journey.supply");
  const locale = useLocale();
  const { name } = change;
  const isWay = change.fact === "option" && name === "mode" && line.kind === "medicine_supply";
  const fact: ToldFact = change.fact === "option" && name === "treatment" ? name : change.fact;
  const isRule = change.fact === "option" && name === RULE_OPTION;
  const said = (text: string) => {
    if (isRule) return words(`refund.${SERVICE_RULES.find((rule) => rule === text) ?? "house"}`);
    if (text === "") return t("notNamed");
    if (isWay && ways.has(text as "post")) return ways(text as "post");
    if (fact === "tax") return formatNumber(Number(text) / 100, locale);
    if (fact === "treatment") return treatments.has(text as "teer") ? treatments(text as "teer") : text;
    if (fact === "device")
      return text
        .split(", ")
        .map((slug) => (isDevice(slug) ? deviceFacts(slug).name : slug))
        .join(", ");
    const known = knownWords(text);
    return known ? words(`known.${known}`) : text;
  };
  const optionName = () => {
    if (isWay) return ways("mode");
    return isRule ? words("refund.name") : name;
  };
  const figures = {
    what: optionName(),
    before: said(change.before),
    after: said(change.after),
  };
  return <Told word={fact} line={line} figures={figures} />;
}

function HowMuch({ line }: { line: VersionLine }) {
  return line.quantity === 1 ? <span>1</span> : <Quantity quantity={line.quantity} unit={line.unit} />;
}
