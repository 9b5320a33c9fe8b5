import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatDay, formatMoney } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";
import { bookingNumberIn, orderNumberIn } from "@/lib/payments/bank-transfer";
import { newId } from "@/lib/kernel/ids";
import { CURRENCIES } from "@/lib/kernel/money";
import { dayOf } from "@/lib/kernel/day";

interface Waiting {
  id: string;
  reference: string | null;
  currency: string;
  amountMinor: bigint;
  reason: string | null;
  receivedOn: Date;
  /** Its way back, where somebody has asked for it. */
  returns: readonly unknown[];
}

interface BankTransfersProps {
  waiting: readonly Waiting[];
  today: string;
  record: FormAction;
  match: FormAction;
}

/** Money that came through the bank: what nobody has matched, and the form to enter another. */
export function BankTransfers({ waiting, today, record, match }: BankTransfersProps) {
  const t = useTranslations("desk.money");
  const back = useTranslations("transfers");
  const locale = useLocale();
  return (
    <section aria-labelledby="unmatched" className="space-y-gap">
      <h2 id="unmatched" className="text-md">
        {t("unmatched")}
      </h2>
      <Table
        caption={t("unmatched")}
        hideCaption
        stacked
        rows={waiting}
        rowKey={(row) => row.id}
        empty={<p className="text-ink-soft">{t("unmatchedNone")}</p>}
        columns={[
          { key: "reference", label: t("reference"), cell: (row) => <bdi>{row.reference ?? "–"}</bdi> },
          {
            key: "amount",
            label: t("amount"),
            numeric: true,
            cell: (row) => <bdi>{formatMoney(row.amountMinor, row.currency, locale)}</bdi>,
          },
          {
            key: "receivedOn",
            label: t("receivedOn"),
            cell: (row) => formatDay(dayOf(row.receivedOn), locale),
          },
          { key: "reason", label: t("reason"), cell: (row) => reasonOf(row.reason, t) },
          {
            key: "act",
            label: t("matchAct"),
            cell: (row) => {
              const isReturning = row.returns.length > 0;
              return (
                <>
                  {isReturning ? null : <MatchForm transfer={row} action={match} />}
                  <span className="flex min-h-control items-center">
                    <TextLink href={`/${locale}/desk/money/returns#${row.id}`}>
                      {back(isReturning ? "onItsWay" : "sendBack")}
                    </TextLink>
                  </span>
                </>
              );
            },
          },
        ]}
      />
      <details>
        <summary className="link inline-flex min-h-control items-center">{t("record")}</summary>
        <ActionForm action={record} className="max-w-3xl space-y-gap py-gap">
          <input type="hidden" name="once" value={newId()} />
          <div className="grid gap-gap sm:grid-cols-2">
            <Field name="reference" label={t("reference")} hint={t("referenceHint")}>
              <TextInput required maxLength={200} />
            </Field>
            <Field name="receivedOn" label={t("receivedOn")}>
              <TextInput type="date" required max={today} defaultValue={today} />
            </Field>
            <Field name="amount" label={t("amount")}>
              <TextInput required inputMode="decimal" dir="ltr" />
            </Field>
            <Field name="currency" label={t("currency")}>
              <Select options={CURRENCIES.map((code) => ({ value: code, label: code }))} />
            </Field>
          </div>
          <Checkbox name="mayDiffer" label={t("mayDiffer")} hint={t("mayDifferHint")} />
          <SubmitButton>{t("recordDo")}</SubmitButton>
        </ActionForm>
      </details>
    </section>
  );
}

/** Names the booking or order this money is for; its number is read from the reference where it stands there. */
function MatchForm({ transfer, action }: { transfer: Waiting; action: FormAction }) {
  const t = useTranslations("desk.money");
  const reference = transfer.reference ?? "";
  const named = bookingNumberIn(reference) ?? orderNumberIn(reference);
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("match")}</summary>
      <ActionForm action={action} className="max-w-sm space-y-gap py-gap">
        <input type="hidden" name="transferId" value={transfer.id} />
        <Field name="booking" label={t("matchBooking")} hint={t("matchHint")}>
          <TextInput required dir="ltr" maxLength={40} defaultValue={named ?? ""} />
        </Field>
        <Checkbox name="mayDiffer" label={t("mayDiffer")} hint={t("mayDifferHint")} />
        <SubmitButton look="quiet">{t("matchDo")}</SubmitButton>
      </ActionForm>
    </details>
  );
}

function reasonOf(code: string | null, t: ReturnType<typeof useTranslations<"desk.money">>): string {
  if (code === null) return "–";
  const key = `reasons.${code}` as "reasons.unknown_reference";
  return t.has(key) ? t(key) : code.replaceAll("_", " ");
}
