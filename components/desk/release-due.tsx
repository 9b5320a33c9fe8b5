import { useLocale, useTranslations } from "next-intl";
import { CameBack } from "@/components/desk/came-back";
import { MoneyRow } from "@/components/desk/money-row";
import { LessTax, ReleaseLines } from "@/components/desk/release-lines";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { sumMinor } from "@/lib/kernel/money";
import type { DueRelease } from "@/lib/payments/read-releasable";
import { payableOf, releaseKey } from "@/lib/payments/release";

/** What was delivered and not passed on, by booking and payee, each with its evidence and the act that proposes it. */
export function ReleaseDue({ due, propose }: { due: readonly DueRelease[]; propose: FormAction }) {
  const t = useTranslations("books.releases");
  return (
    <section aria-labelledby="due" className="space-y-gap">
      <h2 id="due" className="text-md">
        {t("due")}
      </h2>
      <p className="max-w-prose text-ink-soft">{due.length === 0 ? t("dueNone") : t("dueHint")}</p>
      <ul className="divide-y divide-line">
        {due.map((group) => (
          <DueGroup key={group.lines[0]?.serviceId} group={group} propose={propose} />
        ))}
      </ul>
    </section>
  );
}

function DueGroup({ group, propose }: { group: DueRelease; propose: FormAction }) {
  const t = useTranslations("books.releases");
  const locale = useLocale();
  const { bookingId, bookingNumber, contract, payee, currency, lines } = group;
  const amountMinor = sumMinor(lines.map((line) => line.amountMinor));
  const taxMinor = sumMinor(lines.map((line) => line.taxMinor));
  return (
    <MoneyRow
      sum={<bdi>{formatMoney(payableOf({ amountMinor, taxMinor }), currency, locale)}</bdi>}
      acts={
        <ActionForm action={propose} className="space-y-gap">
          <input type="hidden" name="bookingId" value={bookingId} />
          <input type="hidden" name="contract" value={contract} />
          <input type="hidden" name="key" value={releaseKey(group)} />
          {payee ? null : (
            <Field name="payee" label={t("payee")}>
              <TextInput maxLength={200} autoComplete="off" dir="auto" required />
            </Field>
          )}
          <SubmitButton look="quiet">{t("propose")}</SubmitButton>
        </ActionForm>
      }
    >
      <p>
        <bdi>{bookingNumber}</bdi>
        {payee ? (
          <>
            {" · "}
            <bdi>{payee}</bdi>
          </>
        ) : null}
      </p>
      <LessTax amountMinor={amountMinor} taxMinor={taxMinor} currency={currency} />
      <CameBack last={group.cameBack} />
      <ReleaseLines lines={lines} currency={currency} />
    </MoneyRow>
  );
}
