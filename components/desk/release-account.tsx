import { useLocale, useTranslations } from "next-intl";
import { CameBack } from "@/components/desk/came-back";
import { SecondWord } from "@/components/desk/second-word";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { DESK_ZONE } from "@/lib/desk/clock";
import { spacedNumber } from "@/lib/payments/payee";
import type { PayeeAccountRow } from "@/lib/payments/read-payee-accounts";
import type { ReleaseRow } from "@/lib/payments/read-releases";

interface ReleaseAccountProps {
  release: ReleaseRow;
  /** Who looks: nobody confirms what they wrote down. */
  meId: string;
  actions: { propose: FormAction; approve: FormAction; refuse: FormAction };
}

/** Where the payee of a release is paid, who said so, what is to take its place, and what stood there before. */
export function ReleaseAccount({ release, meId, actions }: ReleaseAccountProps) {
  const t = useTranslations("books.releases.account");
  const { id, state, account, cameBack, accountNow, accountWaits, accountsBefore } = release;
  const isOpen = state === "proposed" || state === "approved";
  if (!isOpen && !account) return null;
  return (
    <div className="my-2 max-w-prose space-y-2 border-s-2 border-line ps-3 text-sm">
      <p className="text-ink-soft">{t("title")}</p>
      {account ? <Account account={account} /> : <p className="text-attention">{t("none")}</p>}
      <CameBack last={cameBack} />
      {accountNow && state === "approved" ? (
        <Notice tone="attention" title={t("changed")}>
          <Account account={accountNow} />
        </Notice>
      ) : null}
      {isOpen && accountWaits ? (
        <Waiting account={accountWaits} isOwn={accountWaits.proposedById === meId} actions={actions} />
      ) : null}
      {isOpen && !accountWaits ? (
        <Propose releaseId={id} isFirst={account === null} action={actions.propose} />
      ) : null}
      {isOpen && accountsBefore.length > 0 ? (
        <details>
          <summary className="link inline-flex min-h-11 items-center">{t("before")}</summary>
          <ul className="space-y-2">
            {accountsBefore.map((one) => (
              <li key={one.id}>
                <Account account={one} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

function Account({ account }: { account: PayeeAccountRow }) {
  const t = useTranslations("books.releases.account");
  const locale = useLocale();
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  const { state, holder, number, bic, source, proposedBy, proposedAt } = account;
  const { answeredBy, answeredAt, replacedAt, refusedReason } = account;
  return (
    <div className="wrap-anywhere">
      <p>
        <bdi className="font-semibold">{holder}</bdi>
        <br />
        <bdi dir="ltr" className="tabular">
          {spacedNumber(number)}
        </bdi>
        {bic ? (
          <>
            {" · "}
            <bdi dir="ltr">{bic}</bdi>
          </>
        ) : null}
      </p>
      <p className="text-ink-soft">
        {t("proposedBy", { name: proposedBy, when: when(proposedAt) })} <bdi>{source}</bdi>
      </p>
      {answeredBy && answeredAt && state !== "refused" ? (
        <p className="text-ink-soft">{t("confirmedBy", { name: answeredBy, when: when(answeredAt) })}</p>
      ) : null}
      {answeredBy && answeredAt && state === "refused" ? (
        <p className="text-ink-soft">
          {t("refusedBy", { name: answeredBy, when: when(answeredAt) })} <bdi>{refusedReason}</bdi>
        </p>
      ) : null}
      {replacedAt ? <p className="text-ink-soft">{t("replaced", { when: when(replacedAt) })}</p> : null}
    </div>
  );
}

function Waiting({
  account,
  isOwn,
  actions,
}: {
  account: PayeeAccountRow;
  isOwn: boolean;
  actions: ReleaseAccountProps["actions"];
}) {
  const t = useTranslations("books.releases.account");
  return (
    <Notice tone="attention" title={t("waits")}>
      <Account account={account} />
      <SecondWord
        name="accountId"
        id={account.id}
        isOwn={isOwn}
        words={{
          ...{ own: t("own"), approve: t("confirm"), refuse: isOwn ? t("takeBack") : t("refuse") },
          ...{ reason: t("reason"), refuseDo: isOwn ? t("takeBackDo") : t("refuseDo") },
        }}
        actions={actions}
      />
    </Notice>
  );
}

function Propose({
  releaseId,
  isFirst,
  action,
}: {
  releaseId: string;
  isFirst: boolean;
  action: FormAction;
}) {
  const t = useTranslations("books.releases.account");
  return (
    <details>
      <summary className="link inline-flex min-h-11 items-center">
        {isFirst ? t("enter") : t("change")}
      </summary>
      <ActionForm action={action} className="max-w-sm space-y-gap pb-gap">
        <input type="hidden" name="releaseId" value={releaseId} />
        <Field name="holder" label={t("holder")}>
          <TextInput maxLength={200} autoComplete="off" dir="auto" required />
        </Field>
        <Field name="number" label={t("number")}>
          <TextInput maxLength={60} autoComplete="off" dir="ltr" required />
        </Field>
        <Field name="bic" label={t("bic")}>
          <TextInput maxLength={20} autoComplete="off" dir="ltr" />
        </Field>
        <Field name="source" label={t("source")} hint={t("sourceHint")}>
          <TextInput maxLength={500} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton look="quiet">{t("propose")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
