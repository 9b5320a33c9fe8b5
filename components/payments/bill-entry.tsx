import { useLocale, useTranslations } from "next-intl";
import { BillFile } from "@/components/payments/bill-file";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatDay } from "@/components/ui/format";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SheetInput } from "@/components/ui/sheet-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { mayReplace } from "@/lib/payments/bill";
import type { BillsView } from "@/lib/payments/bill-view";
import { SHEET_BYTES_MAX } from "@/lib/records/sheet";

interface BillEntryProps {
  bills: BillsView;
  /** From a letter it waits for a second person. */
  source: "clinic" | "letter";
  today: string;
  action: FormAction;
}

const ROWS = 6;
const KINDS = ["treatment", "device", "workup", "stay", "rehabilitation", "other"] as const;

/** The original, what stands on its head, and its lines typed or pasted. */
export function BillEntry({ bills, source, today, action }: BillEntryProps) {
  const t = useTranslations("bills.enter");
  const sheets = useTranslations("sheets");
  const locale = useLocale();
  const { currency } = bills;
  const counting = bills.bills.filter((bill) => bill.counts);
  const counted = counting.filter((bill) => mayReplace(source, bill));
  const words = {
    sending: t("fileSending"),
    kept: t.raw("fileKept") as string,
    failed: t.raw("fileFailed") as string,
    lost: t("fileLost"),
  };
  return (
    <details className="py-gap" open={bills.bills.length === 0}>
      <summary className="link inline-flex min-h-control items-center">
        {t(source === "letter" ? "titleLetter" : "title")}
      </summary>
      {bills.account ? (
        <p className="max-w-prose">
          {t("afterClosing", { day: formatDay(bills.account.settledAt.slice(0, 10), locale) })}
        </p>
      ) : null}
      {source === "letter" ? <p className="max-w-prose text-ink-soft">{t("letterLead")}</p> : null}
      {counted.length < counting.length ? <p className="max-w-prose">{t("letterKeeps")}</p> : null}
      <ActionForm id="bill" action={action} className="max-w-4xl space-y-gap-m py-gap">
        <BillFile
          address={`/api/v1/bookings/${bills.bookingId}/bill-uploads`}
          label={t("file")}
          hint={t("fileHint")}
          words={words}
        />
        <div className="grid gap-gap sm:grid-cols-2 lg:grid-cols-4">
          <Field name="number" label={t("number")}>
            <TextInput required maxLength={80} dir="auto" />
          </Field>
          <Field name="issuedOn" label={t("issuedOn")}>
            <TextInput type="date" required max={today} />
          </Field>
          <Field name="total" label={t("total", { currency })}>
            <TextInput inputMode="decimal" dir="ltr" className="text-end" required />
          </Field>
          {counted.length === 0 ? null : (
            <Field name="corrects" label={t("correctsLabel")}>
              <Select
                empty={t("correctsNone")}
                options={counted.map(({ id, number }) => ({ value: id, label: number }))}
              />
            </Field>
          )}
        </div>
        <Lines />
        <Field name="sheet" label={t("sheet")} hint={t("sheetHint")}>
          <TextArea rows={3} dir="ltr" className="font-mono" maxLength={60_000} />
        </Field>
        <Field name="sheetFile" label={t("sheetFile")} hint={t("sheetFileHint")}>
          <SheetInput bytesMax={SHEET_BYTES_MAX} tooLarge={sheets("tooLarge")} />
        </Field>
        <div className="flex flex-wrap gap-gap">
          <SubmitButton name="act" value="save">
            {t("save")}
          </SubmitButton>
          <SubmitButton look="quiet" name="act" value="try">
            {t("try")}
          </SubmitButton>
        </div>
      </ActionForm>
    </details>
  );
}

function Lines() {
  const t = useTranslations("bills.enter");
  const common = useTranslations("common.form");
  const kinds = useTranslations("lineKinds");
  const options = KINDS.map((value) => ({ value, label: kinds(value) }));
  return (
    <Fieldset legend={<span className="text-md">{t("lines")}</span>} hint={t("linesHint")}>
      {Array.from({ length: ROWS }, (_, row) => (
        <fieldset key={row} className="space-y-gap border-t border-line pt-gap">
          <legend className="float-start text-sm font-semibold text-ink-soft">
            {common("line", { n: row + 1 })}
          </legend>
          <div className="clear-both grid grid-cols-[repeat(2,minmax(0,1fr))] gap-gap sm:grid-cols-[minmax(0,2fr)_minmax(0,1.2fr)_5rem_6rem_8rem]">
            <div className="max-sm:col-span-2">
              <Field name={`lines.${row}.wording`} label={t("wording")}>
                <TextInput maxLength={300} dir="auto" />
              </Field>
            </div>
            <Field name={`lines.${row}.kind`} label={t("kind")}>
              <Select empty={t("kindNone")} options={options} />
            </Field>
            <Field name={`lines.${row}.quantity`} label={t("quantity")}>
              <TextInput inputMode="decimal" dir="ltr" className="text-end" />
            </Field>
            <Field name={`lines.${row}.code`} label={t("codeLabel")}>
              <TextInput maxLength={40} dir="ltr" />
            </Field>
            <Field name={`lines.${row}.amount`} label={t("sum")}>
              <TextInput inputMode="decimal" dir="ltr" className="text-end" />
            </Field>
          </div>
        </fieldset>
      ))}
    </Fieldset>
  );
}
