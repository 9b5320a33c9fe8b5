import { optionOf } from "@/lib/estimates/line-device";
import type { TemplateLine } from "@/lib/estimates/line-template";
import { CATALOGUE_KINDS, type CatalogueEntry, type CatalogueKind, priceIn } from "@/lib/estimates/catalogue";
import { feeIn } from "@/lib/estimates/operator-fee";
import { type Currency, isCurrency } from "@/lib/kernel/money";
import { typedSum } from "@/lib/kernel/typed-sum";

/** One line of the builder as it is typed: sums in major units of the estimate's currency. */
export interface TypedLine {
  contract: "A" | "B";
  kind: string;
  label: string;
  quantity: string;
  unit: string;
  low: string;
  expected: string;
  high: string;
  cause: string;
  optional: boolean;
  device: string;
  /** How medicines come home; of a line of medicine supply alone. */
  mode?: string;
  /** What the builder does not ask of a line that was written before, as JSON. */
  unasked?: string;
}

export interface ListPrice {
  device: string | null;
  currency: Currency;
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
}

/** Why low and high differ, in the words the patient will read. */
export type Causes = Readonly<Record<"fixed" | "stay" | "interpreter" | "medicine" | "varies", string>>;

export interface OwnPrices {
  /** The operator's fee in euro cents. */
  feeEuroCents: bigint;
  /** One euro in the currency of the centre's price; null where nobody has entered it. */
  rate: string | null;
  /** The fee as it is set in that very currency; without one it is reckoned by the rate. */
  setFeeMinor?: bigint | null;
  /** What the catalogue says of each service. */
  catalogue: readonly CatalogueEntry[];
}

/** What a new estimate begins with: the centre's own list price, then our fee and services in its currency. */
export function firstLines(price: ListPrice | null, own: OwnPrices, causes: Causes): TypedLine[] {
  return [...listLines(price, causes), ...ownLines(price?.currency ?? "EUR", own, causes)];
}

function ownLines(currency: Currency, own: OwnPrices, causes: Causes): TypedLine[] {
  const services = CATALOGUE_KINDS.flatMap((kind) => {
    const entry = own.catalogue.find((one) => one.kind === kind && one.offer !== "unlisted");
    return entry ? [serviceLine(entry, currency, own.rate, causes)] : [];
  });
  return [feeLine(currency, own, causes), ...services];
}

/** A price in euros is no price in another currency: without a rate somebody must write the sums. */
const NO_SUMS = { low: "", expected: "", high: "" };

/** The fee is one fixed sum, the same for every centre and treatment. */
function feeLine(currency: Currency, own: OwnPrices, causes: Causes): TypedLine {
  const fee = own.setFeeMinor ?? feeIn(currency, own.feeEuroCents, own.rate);
  const sums = fee === null ? NO_SUMS : { ...NO_SUMS, expected: typedSum(fee, currency) };
  return {
    ...{ contract: "B", kind: "operator_fee", label: "", quantity: "1", unit: "case" },
    ...{ ...sums, cause: causes.fixed, optional: false, device: "" },
  };
}

function serviceLine(
  { kind, quantity, unit, prices, cause, offer }: CatalogueEntry,
  currency: Currency,
  rate: string | null,
  causes: Causes,
): TypedLine {
  const price = priceIn(prices, currency, rate);
  return {
    ...{ contract: "B", kind, label: "", quantity, unit, device: "" },
    ...(price ? typedSums(price, currency) : NO_SUMS),
    cause: cause ?? causes[price && price.lowMinor < price.highMinor ? (SPREADS[kind] ?? "varies") : "fixed"],
    optional: offer === "optional",
    // A pharmacy at home dispenses: nothing crosses a border, and no rule forbids it.
    ...(kind === "medicine_supply" ? { mode: "local" } : {}),
  };
}

/** Why the price of a service is not one sum, where the catalogue does not say it. */
const SPREADS: Readonly<Partial<Record<CatalogueKind, keyof Causes>>> = {
  interpreter: "interpreter",
  medicine_supply: "medicine",
};

/** Services a new estimate begins with that have no price in its currency. */
export function unpricedServices(currency: Currency, { catalogue, rate }: OwnPrices): CatalogueKind[] {
  return catalogue
    .filter(({ offer, prices }) => offer !== "unlisted" && priceIn(prices, currency, rate) === null)
    .map(({ kind }) => kind);
}

function treatmentLine(price: ListPrice, causes: Causes): TypedLine {
  const { currency } = price;
  return {
    contract: "A",
    kind: "treatment",
    label: "",
    quantity: "1",
    unit: "procedure",
    ...typedSums(price, currency),
    cause: price.lowMinor === price.highMinor ? causes.fixed : causes.stay,
    optional: false,
    device: price.device ?? "",
  };
}

/** The lines of a centre's template as they are typed, then our own in its currency. */
export function linesOfTemplate(
  template: { currency: string; lines: readonly TemplateLine[] },
  own: OwnPrices,
  causes: Causes,
): TypedLine[] {
  const { currency } = template;
  return [...typedTemplate(template), ...ownLines(isCurrency(currency) ? currency : "EUR", own, causes)];
}

/** The lines of a centre's template alone. */
export function typedTemplate(template: { currency: string; lines: readonly TemplateLine[] }): TypedLine[] {
  const lines = template.lines.map(({ device, low, expected, high, ...line }) => ({
    ...{ ...line, contract: "A" as const, options: device === null ? null : { device } },
    ...{ lowMinor: BigInt(low), expectedMinor: BigInt(expected), highMinor: BigInt(high) },
  }));
  return typedLines(lines, template.currency);
}

/** What a centre's template begins with before it has one: its published price. */
export function listLines(price: ListPrice | null, causes: Causes): TypedLine[] {
  return price ? [treatmentLine(price, causes)] : [];
}

interface KeptLine {
  contract: "A" | "B";
  kind: string;
  label: string | null;
  quantity: { toString(): string };
  unit: string;
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
  cause: string;
  optional: boolean;
  options: unknown;
  taxBp?: number;
}

/** The lines that were written before as they are typed, to be changed; what nobody is asked goes along with them. */
export function typedLines(lines: readonly KeptLine[], currency: string): TypedLine[] {
  if (!isCurrency(currency)) throw new RangeError(`${currency} is not a currency the portal knows.`);
  return lines.map(({ contract, kind, label, unit, cause, optional, ...line }) => ({
    ...{ contract, kind, unit, cause, optional, label: label ?? "", quantity: line.quantity.toString() },
    ...typedSums(line, currency),
    device: optionOf(line.options, "device") ?? "",
    ...(kind === "medicine_supply" ? { mode: optionOf(line.options, "mode") ?? "" } : {}),
    ...unaskedOf(kind, line),
  }));
}

/** The tax and the options of a line, and of which kind of line they hold. */
function unaskedOf(kind: string, { options, taxBp = 0 }: Pick<KeptLine, "options" | "taxBp">) {
  const others = Object.entries(options ?? {}).filter(
    ([name]) => name !== "device" && !(kind === "medicine_supply" && name === "mode"),
  );
  if (others.length === 0 && taxBp === 0) return {};
  return { unasked: JSON.stringify({ kind, taxBp, options: Object.fromEntries(others) }) };
}

/** Three sums as they are typed; of a fixed price only the expected one, so that a change of it is one change. */
function typedSums(sums: Pick<KeptLine, "lowMinor" | "expectedMinor" | "highMinor">, currency: Currency) {
  const { lowMinor, expectedMinor, highMinor } = sums;
  const expected = typedSum(expectedMinor, currency);
  if (lowMinor === highMinor) return { low: "", expected, high: "" };
  return { low: typedSum(lowMinor, currency), expected, high: typedSum(highMinor, currency) };
}
