import { useLocale, useTranslations } from "next-intl";
import { MoneyRow } from "@/components/desk/money-row";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatDay, formatMoney } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { dayOf } from "@/lib/kernel/day";

export interface StrayTransfer {
  id: string;
  reference: string | null;
  currency: string;
  amountMinor: bigint;
  reason: string | null;
  receivedOn: Date;
}

/** Transfers that pay nothing: what is known of each, and the form that asks for its way back. */
export function StrayTransfers({
  transfers,
  propose,
}: {
  transfers: readonly StrayTransfer[];
  propose: FormAction;
}) {
  const t = useTranslations("transfers");
  return (
    <section aria-labelledby="stray" className="space-y-1">
      <h2 id="stray" className="text-md">
        {t("stray")}
      </h2>
      <p className="max-w-prose text-ink-soft">{t(transfers.length === 0 ? "strayNone" : "strayHint")}</p>
      <ul className="divide-y divide-line">
        {transfers.map((transfer) => (
          <Stray key={transfer.id} transfer={transfer} propose={propose} />
        ))}
      </ul>
    </section>
  );
}

function Stray({ transfer, propose }: { transfer: StrayTransfer; propose: FormAction }) {
  const t = useTranslations("transfers");
  const money = useTranslations("desk.money.reasons");
  const locale = useLocale();
  const { id, reference, currency, amountMinor, receivedOn } = transfer;
  const reason = (transfer.reason ?? "") as "amount_differs";
  return (
    <MoneyRow
      id={id}
      sum={<bdi>{formatMoney(amountMinor, currency, locale)}</bdi>}
      acts={
        <details>
          <summary className="link inline-flex min-h-control items-center">{t("sendBack")}</summary>
          <ActionForm action={propose} className="space-y-gap py-gap">
            <input type="hidden" name="transferId" value={id} />
            <Field name="reason" label={t("why")} hint={t("whyHint")}>
              <TextInput maxLength={500} autoComplete="off" dir="auto" required />
            </Field>
            <SubmitButton look="quiet">{t("propose")}</SubmitButton>
          </ActionForm>
        </details>
      }
    >
      <p>
        <bdi>{reference ?? t("noReference")}</bdi>
      </p>
      <p className="text-sm text-ink-soft">
        {t("receivedOn", { day: formatDay(dayOf(receivedOn), locale) })}
        {money.has(reason) ? <> · {money(reason)}</> : null}
      </p>
    </MoneyRow>
  );
}
