import { formatList, formatMoney } from "@/components/ui/format";
import { DefinitionList } from "@/components/ui/facts";
import { Table } from "@/components/ui/table";
import type { EstimateTally as Tally, TypedTally } from "@/lib/desk/estimate-tally";
import type { Range } from "@/lib/estimates/estimate";

/** Finished sentences, so that a leaf of the browser needs no words of its own. */
export interface TallyWords {
  title: string;
  of: string;
  low: string;
  expected: string;
  high: string;
  needed: string;
  withOptional: string;
  contractA: string;
  contractB: string;
  ceiling: string;
  ceilingA: string;
  ceilingB: string;
  ceilingHint: string;
  plan: string;
  deposit: string;
  balanceA: string;
  balanceB: string;
  toHospital: string;
  adds: string;
  line: string;
  uncounted: string;
  falling: string;
  /** Where no scripts run. */
  plain: string;
}

interface EstimateTallyProps {
  tally: Tally & Partial<Pick<TypedTally, "uncounted" | "falling">>;
  currency: string;
  words: TallyWords;
  locale: string;
}

interface Row extends Range {
  key: string;
  name: string;
}

/** What the lines come to: each contract and all, the ceilings, and the plan that adds up to the expected total. */
export function EstimateTally({ tally, currency, words, locale }: EstimateTallyProps) {
  const { totals, ceilings, plan, uncounted = [], falling = [] } = tally;
  const sum = (minor: bigint) => <bdi className="tabular">{formatMoney(minor, currency, locale)}</bdi>;
  const hasOptional = totals.withOptional.highMinor > totals.required.highMinor;
  const rows: Row[] = [
    { key: "A", name: words.contractA, ...totals.contracts.A },
    { key: "B", name: words.contractB, ...totals.contracts.B },
    { key: "needed", name: words.needed, ...totals.required },
    ...(hasOptional ? [{ key: "optional", name: words.withOptional, ...totals.withOptional }] : []),
  ];
  const column = (key: "lowMinor" | "expectedMinor" | "highMinor", label: string) => ({
    ...{ key, label, numeric: true, whole: true },
    cell: (row: Row) =>
      row.key === "needed" ? <strong className="font-semibold">{sum(row[key])}</strong> : sum(row[key]),
  });
  return (
    <div className="max-w-3xl space-y-gap">
      <Table<Row>
        caption={words.title}
        stacked
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: "name", label: words.of, cell: (row) => row.name },
          column("lowMinor", words.low),
          column("expectedMinor", words.expected),
          column("highMinor", words.high),
        ]}
      />
      <Marked lines={uncounted} says={words.uncounted} words={words} locale={locale} />
      <Marked lines={falling} says={words.falling} words={words} locale={locale} />
      <div className="grid gap-x-gap-l gap-y-gap md:grid-cols-2">
        <div>
          <p className="font-semibold">{words.ceiling}</p>
          <DefinitionList
            facts={[
              { term: words.ceilingA, value: sum(ceilings.A) },
              { term: words.ceilingB, value: sum(ceilings.B) },
            ]}
          />
          <p className="field-hint">{words.ceilingHint}</p>
        </div>
        <div>
          <p className="font-semibold">{words.plan}</p>
          <DefinitionList
            facts={[
              ...plan.instalments.map(({ kind, contract, amountMinor }) => ({
                term: kind === "deposit" ? words.deposit : words[`balance${contract}`],
                value: sum(amountMinor),
              })),
              ...(plan.toHospitalMinor > 0n
                ? [{ term: words.toHospital, value: sum(plan.toHospitalMinor) }]
                : []),
              { term: words.adds, value: sum(totals.required.expectedMinor) },
            ]}
          />
        </div>
      </div>
    </div>
  );
}

interface MarkedProps extends Pick<EstimateTallyProps, "words" | "locale"> {
  lines: readonly number[];
  says: string;
}

/** Which lines need another look, by the numbers that stand above them. */
function Marked({ lines, says, words, locale }: MarkedProps) {
  if (lines.length === 0) return null;
  const named = lines.map((n) => `${words.line} ${n}`);
  return (
    <p className="text-attention">
      {says} {formatList(named, locale)}
    </p>
  );
}
