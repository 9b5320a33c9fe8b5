import { useLocale, useTranslations } from "next-intl";
import type { ReadLines } from "@/components/estimates/line-import";
import { EstimateBuilderRows } from "@/components/estimates/estimate-builder-rows";
import type { TallyWords } from "@/components/estimates/estimate-tally";
import { LiveTally } from "@/components/estimates/live-tally";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TallyTerms } from "@/lib/desk/estimate-tally";
import type { TypedLine } from "@/lib/desk/first-lines";
import { LINE_COLUMNS } from "@/lib/desk/line-sheet";
import { LINE_KINDS } from "@/lib/estimates/estimate";
import { DEVICES, deviceFacts, isDeviceApproved } from "@/lib/guides/device";
import { SUPPLY_MODES } from "@/lib/guides/medicine-rules";
import { CURRENCIES } from "@/lib/kernel/money";

/** Everything the builder shows when it opens. */
export interface TypedEstimate {
  currency: string;
  validUntil: string;
  lines: readonly TypedLine[];
  exclusions: readonly string[];
  assumptions: readonly string[];
}

interface EstimateBuilderProps {
  start: TypedEstimate;
  /** The centre's country: only devices that may be used there can be chosen. */
  country: string;
  /** The first and last day an estimate may be valid, "2026-05-04". */
  days: { first: string; last: string };
  action: FormAction;
  /** Reads lines from a sheet. */
  read: ReadLines;
  /** Who writes: what is not sent is kept for them. */
  writerId: string;
  /** How the centre is paid, for the plan. */
  terms: TallyTerms;
}

/** Writes an estimate: lines with low, expected and high, what is left out, and how long it holds. */
export function EstimateBuilder(props: EstimateBuilderProps) {
  const { start, country, days, action, read, writerId, terms } = props;
  const t = useTranslations("desk.builder");
  return (
    // The total stays at the foot of the window: whatever takes the focus comes to stand above it.
    <ActionForm
      action={action}
      className="space-y-gap-l [&_:is(input,select,textarea,button)]:scroll-mb-24"
      keep={writerId}
    >
      <div className="grid max-w-xl gap-gap sm:grid-cols-2">
        <Field name="currency" label={t("currency")}>
          <Select
            options={CURRENCIES.map((code) => ({ value: code, label: code }))}
            defaultValue={start.currency}
          />
        </Field>
        <Field name="validUntil" label={t("validUntil")}>
          <TextInput type="date" required min={days.first} max={days.last} defaultValue={start.validUntil} />
        </Field>
      </div>
      <Fieldset legend={t("lines")} hint={t("linesLead")}>
        <EstimateBuilderRows
          first={start.lines}
          words={useRowWords()}
          choices={useChoices(country, ["A", "B"])}
          sheet={{ words: useImportWords(), read }}
        />
      </Fieldset>
      <LiveTally first={start} terms={terms} words={useTallyWords()} locale={useLocale()} />
      <div className="grid gap-gap-m md:grid-cols-2">
        <Field name="exclusions" label={t("exclusions")} hint={t("exclusionsHint")}>
          <TextArea defaultValue={start.exclusions.join("\n")} />
        </Field>
        <Field name="assumptions" label={t("assumptions")} hint={t("exclusionsHint")}>
          <TextArea defaultValue={start.assumptions.join("\n")} />
        </Field>
      </div>
      <SubmitButton>{t("save")}</SubmitButton>
    </ActionForm>
  );
}

export function useRowWords() {
  const t = useTranslations("desk.builder");
  return {
    line: t("line"),
    remove: t("remove"),
    add: t("add"),
    contract: t("contract"),
    kind: t("kind"),
    label: t("label"),
    quantity: t("quantity"),
    unit: t("unit"),
    low: t("low"),
    expected: t("expected"),
    high: t("high"),
    cause: t("cause"),
    optional: t("optional"),
    device: t("device"),
    mode: t("mode"),
    none: t("none"),
  };
}

/** What is said around the import of a sheet of lines. */
export function useImportWords() {
  const t = useTranslations("lineTemplates.import");
  return {
    ...{
      file: t("file"),
      take: t("take"),
      taking: t("taking"),
      failed: t("failed"),
      faults: t("faultTable"),
    },
    ...{ row: t("row"), column: t("column"), text: t("text"), problem: t("problem") },
    hint: t("hint", { columns: LINE_COLUMNS.join(", ") }),
    tooLarge: useTranslations("sheets")("tooLarge"),
  };
}

export function useChoices(country: string, contracts: readonly ("A" | "B")[]) {
  const kinds = useTranslations("desk.kinds");
  const ways = useTranslations("journey.supply");
  const may = DEVICES.filter((slug) => isDeviceApproved(slug, country) !== "not_approved");
  return {
    contracts: contracts.map((contract) => ({ value: contract, label: contract })),
    kinds: LINE_KINDS.map((kind) => ({ value: kind, label: kinds(kind) })),
    modes: SUPPLY_MODES.map((mode) => ({ value: mode, label: ways(mode) })),
    devices: may.map((slug) => ({ value: slug, label: deviceFacts(slug).name })),
  };
}

/** What is said around the totals of an estimate. */
export function useTallyWords(): TallyWords {
  const t = useTranslations("estimateTally");
  const builder = useTranslations("desk.builder");
  const estimates = useTranslations("desk.estimates");
  return {
    ...{ title: t("title"), of: t("of"), plan: t("plan"), adds: t("adds"), toHospital: t("toHospital") },
    ...{ low: builder("low"), expected: builder("expected"), high: builder("high"), line: builder("line") },
    ...{ needed: estimates("total"), withOptional: estimates("totalAll") },
    ...{ contractA: estimates("contractA"), contractB: estimates("contractB") },
    ...{
      ceiling: t("ceiling"),
      ceilingA: t("ceilingA"),
      ceilingB: t("ceilingB"),
      ceilingHint: t("ceilingHint"),
    },
    ...{ deposit: t("deposit"), balanceA: t("balanceA"), balanceB: t("balanceB") },
    ...{ uncounted: t("uncounted"), falling: t("falling"), plain: t("plain") },
  };
}
