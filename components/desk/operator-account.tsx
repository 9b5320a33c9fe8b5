import { useLocale, useTranslations } from "next-intl";
import { SecondWord } from "@/components/desk/second-word";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { BankAccount } from "@/lib/payments/bank-transfer";
import { plainNumber, spacedNumber } from "@/lib/payments/payee";
import type { OperatorAccountRow, OperatorAccounts } from "@/lib/payments/read-operator-accounts";

interface OperatorAccountProps {
  accounts: OperatorAccounts;
  /** Who looks: nobody confirms what they wrote down. */
  meId: string;
  /** `propose` is null for whoever may only confirm. */
  actions: { propose: FormAction | null; approve: FormAction; refuse: FormAction };
}

/** Where payers are told to send money, who said so, what is to take its place, and what stood there before. */
export function OperatorAccount({ accounts, meId, actions }: OperatorAccountProps) {
  const t = useTranslations("moneySettings.account");
  const { told, now, waits, before } = accounts;
  return (
    <Card heading={t("title")} as="section">
      <p className="max-w-prose text-ink-soft">{t("lead")}</p>
      {now ? (
        <Said account={now} />
      ) : told ? (
        <Told account={told} />
      ) : (
        <Notice tone="danger">{t("none")}</Notice>
      )}
      {waits ? <Waiting account={waits} isOwn={waits.proposedById === meId} actions={actions} /> : null}
      {!waits && actions.propose ? <Propose isFirst={told === null} action={actions.propose} /> : null}
      {before.length > 0 ? (
        <details>
          <summary className="link inline-flex min-h-control items-center">{t("past")}</summary>
          <ul className="space-y-gap">
            {before.map((one) => (
              <li key={one.id}>
                <Said account={one} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  );
}

function Numbers({ account: { holder, iban, bic, bank } }: { account: BankAccount }) {
  return (
    <p className="wrap-anywhere">
      <bdi className="font-semibold">{holder}</bdi>
      <br />
      <bdi dir="ltr" className="tabular">
        {spacedNumber(plainNumber(iban))}
      </bdi>
      {" · "}
      <bdi dir="ltr">{bic}</bdi>
      {" · "}
      <bdi>{bank}</bdi>
    </p>
  );
}

function Told({ account }: { account: BankAccount }) {
  const t = useTranslations("moneySettings.account");
  return (
    <div>
      <Numbers account={account} />
      <p className="text-ink-soft">{t("before")}</p>
    </div>
  );
}

function Said({ account }: { account: OperatorAccountRow }) {
  const t = useTranslations("moneySettings.account");
  const locale = useLocale();
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  const { state, source, proposedBy, proposedAt, answeredBy, answeredAt, refusedReason, replacedAt } =
    account;
  return (
    <div className="wrap-anywhere">
      <Numbers account={account} />
      <p className="text-ink-soft">
        {t("proposedBy", { name: proposedBy, when: when(proposedAt) })} <bdi>{source}</bdi>
      </p>
      {answeredBy && answeredAt ? (
        <p className="text-ink-soft">
          {t(state === "refused" ? "refusedBy" : "confirmedBy", { name: answeredBy, when: when(answeredAt) })}{" "}
          <bdi>{refusedReason}</bdi>
        </p>
      ) : null}
      {replacedAt ? <p className="text-ink-soft">{t("replaced", { when: when(replacedAt) })}</p> : null}
    </div>
  );
}

interface WaitingProps {
  account: OperatorAccountRow;
  isOwn: boolean;
  actions: OperatorAccountProps["actions"];
}

function Waiting({ account, isOwn, actions: { approve, refuse } }: WaitingProps) {
  const t = useTranslations("moneySettings.account");
  return (
    <Notice tone="attention" title={t("waits")}>
      <Said account={account} />
      <SecondWord
        name="accountId"
        id={account.id}
        isOwn={isOwn}
        words={{
          ...{ own: t("own"), approve: t("confirm"), refuse: isOwn ? t("takeBack") : t("refuse") },
          ...{ reason: t("reason"), refuseDo: isOwn ? t("takeBackDo") : t("refuseDo") },
        }}
        actions={{ approve, refuse }}
      />
    </Notice>
  );
}

function Propose({ isFirst, action }: { isFirst: boolean; action: FormAction }) {
  const t = useTranslations("moneySettings.account");
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">
        {isFirst ? t("enter") : t("change")}
      </summary>
      <ActionForm action={action} className="max-w-prose space-y-gap pb-gap">
        <Field name="holder" label={t("holder")}>
          <TextInput maxLength={200} autoComplete="off" dir="auto" required />
        </Field>
        <Field name="iban" label={t("iban")}>
          <TextInput maxLength={60} autoComplete="off" dir="ltr" required />
        </Field>
        <Field name="bic" label={t("bic")}>
          <TextInput maxLength={20} autoComplete="off" dir="ltr" required />
        </Field>
        <Field name="bank" label={t("bank")}>
          <TextInput maxLength={200} autoComplete="off" dir="auto" required />
        </Field>
        <Field name="source" label={t("source")} hint={t("sourceHint")}>
          <TextInput maxLength={500} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton>{t("propose")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
