import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatDay, formatLanguage, formatMoney, formatNumber } from "@/components/ui/format";
import { cancellationBandsForm, cancellationSentence } from "@/lib/clinics/cancellation";
import { deviceFacts, isDevice } from "@/lib/guides/device";
import { isDay } from "@/lib/kernel/day";
import { isCurrency } from "@/lib/kernel/money";
import { PartWords } from "./listing-words";

interface ValueProps {
  /** The part or field it is of: "languages", "validTo". */
  part: string;
  value: unknown;
  /** The same on the other side of the difference. */
  other: unknown;
  side: "before" | "after";
}

/** One side of a difference in plain words: a text with its change marked, a list item by item, a line field by field. */
export function ListingValue(props: ValueProps) {
  const { part, value, other, side } = props;
  const sayItem = useItemWords(part);
  const bands = cancellationBandsForm.safeParse(value);
  if (value === null || value === undefined) return "–";
  if (bands.success && part === "cancellationBands") return cancellationSentence(bands.data);
  if (Array.isArray(value)) return <Items value={value} other={other} side={side} say={sayItem} />;
  if (typeof value === "object") return <Fields {...props} value={value} />;
  if (typeof value === "string" && !isDay(value))
    return <MarkedText text={value} other={typeof other === "string" ? other : null} side={side} />;
  return <bdi>{sayItem(value)}</bdi>;
}

/** A code as a person says it; what somebody wrote freely stays as it is. */
function useItemWords(part: string): (item: unknown) => string {
  const locale = useLocale();
  const departments = useTranslations("clinics.department");
  const treatments = useTranslations("treatments");
  const access = useTranslations("guides.access");
  const units = useTranslations("cabinet.results.units");
  const t = useTranslations("desk.listings");
  const known = (words: { has: (key: never) => boolean; (key: never): string }, code: string) =>
    words.has(code as never) ? words(code as never) : code;
  return (item) => {
    if (typeof item === "number") return part.endsWith("ear") ? String(item) : formatNumber(item, locale);
    if (
      typeof item === "object" &&
      item !== null &&
      "volume" in item &&
      "year" in item &&
      "treatment" in item
    )
      return t("volumeOf", {
        treatment: known(treatments, String(item.treatment)),
        volume: Number(item.volume),
        year: String(item.year),
      });
    const text = String(item);
    if (isDay(text)) return formatDay(text, locale);
    if (part === "languages") return formatLanguage(text, locale);
    if (part === "departments") return known(departments, text);
    if (part === "access") return known(access, text);
    if (part === "unit") return known(units, text);
    return part === "device" && isDevice(text) ? deviceFacts(text).name : text;
  };
}

interface ItemsProps {
  value: readonly unknown[];
  other: unknown;
  side: "before" | "after";
  say: (item: unknown) => string;
}

function Items({ value, other, side, say }: ItemsProps) {
  const there = new Set((Array.isArray(other) ? other : []).map(say));
  if (value.length === 0) return "–";
  return (
    <ul>
      {value.map(say).map((item) => (
        <li key={item}>{there.has(item) ? <bdi>{item}</bdi> : <Mark side={side}>{item}</Mark>}</li>
      ))}
    </ul>
  );
}

/** What is taken out, or comes in. */
function Mark({ side, children }: { side: "before" | "after"; children: ReactNode }) {
  return side === "before" ? (
    <del className="bg-danger-tint decoration-1">{children}</del>
  ) : (
    <ins className="bg-good-tint font-semibold no-underline">{children}</ins>
  );
}

/** A text with what differs marked: the words between the common beginning and the common end. */
function MarkedText({ text, other, side }: { text: string; other: string | null; side: "before" | "after" }) {
  const words = piecesOf(text);
  const others = piecesOf(other ?? "");
  const from = commonLength(words, others);
  const rest = words.slice(from);
  const until = words.length - commonLength(rest.toReversed(), others.slice(from).toReversed());
  const marked = other === null ? "" : words.slice(from, until).join("");
  return (
    <span dir="auto" className="whitespace-pre-line [unicode-bidi:plaintext] wrap-anywhere">
      {other === null ? text : words.slice(0, from).join("")}
      {marked === "" ? null : <Mark side={side}>{marked}</Mark>}
      {other === null ? "" : words.slice(until).join("")}
    </span>
  );
}

/** Words and the gaps between them. */
function piecesOf(text: string): string[] {
  return text.split(/(?<=\s)|(?=\s)/);
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((word, index) => word !== other[index]);
  return at < 0 ? Math.min(one.length, other.length) : at;
}

/** What names a line stands in the first column already. */
const NAMING = new Set(["slug", "treatment", "metric", "currency"]);
const SUMS = new Set(["low", "expected", "high"]);

/** A line of a list: of its fields only those that differ from the other side. */
function Fields({ value, other, side }: ValueProps & { value: object }) {
  const locale = useLocale();
  const before = typeof other === "object" && other !== null ? (other as Record<string, unknown>) : null;
  const { currency } = value as { currency?: unknown };
  const differing = Object.entries(value).filter(
    ([key, inner]) =>
      !NAMING.has(key) && !isNothing(inner) && JSON.stringify(inner) !== JSON.stringify(before?.[key]),
  );
  if (differing.length === 0) return "–";
  return (
    <ul className="space-y-1">
      {differing.map(([key, inner]) => (
        <li key={key}>
          <span className="text-sm text-ink-soft">
            <PartWords part={key} />:{" "}
          </span>
          {SUMS.has(key) &&
          typeof inner === "number" &&
          typeof currency === "string" &&
          isCurrency(currency) ? (
            <bdi>{formatMoney(BigInt(inner), currency, locale)}</bdi>
          ) : (
            <ListingValue part={key} value={inner} other={before === null ? null : before[key]} side={side} />
          )}
        </li>
      ))}
    </ul>
  );
}

function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
