import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CodeInput } from "@/components/people/code-input";
import { PasskeySignIn } from "@/components/people/passkey-sign-in";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { relyingParty } from "@/lib/infra/auth-passkey";
import { pendingToken } from "@/lib/infra/auth-cookies";
import { readPendingSignIn } from "@/lib/people/finish-sign-in";
import { secondStepAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor.step");
  return { title: t("title") };
}

export default async function SecondStepPage() {
  const t = await getTranslations("secondFactor.step");
  const locale = await getLocale();
  const passkeys = await getTranslations("secondFactor.passkeys");
  const party = relyingParty();
  const token = await pendingToken();
  const pending = token === null ? null : await readPendingSignIn(token, new Date());
  const again = <TextLink href={`/${locale}/signin`}>{t("again")}</TextLink>;
  return (
    <div className="mx-auto max-w-prose space-y-gap-l">
      <PageHeader title={t("title")} lead={pending ? t("lead") : undefined} />
      {pending ? (
        <>
          <Card heading={t("app")}>
            <ActionForm action={secondStepAction}>
              <Field name="code" label={t("code")} hint={t("codeHint")}>
                <CodeInput />
              </Field>
              <SubmitButton>{t("submit")}</SubmitButton>
            </ActionForm>
          </Card>
          {party === null ? null : (
            <PasskeySignIn
              relyingParty={party.id}
              purpose="second"
              words={{ submit: passkeys("use"), failed: passkeys("failed") }}
            />
          )}
          <details className="rounded-md border border-line bg-card p-gap-m">
            <summary className="min-h-11 content-center font-semibold">{t("lost")}</summary>
            <ActionForm action={secondStepAction} className="mt-gap space-y-gap-m">
              <Field name="code" label={t("recovery")} hint={t("recoveryHint")}>
                <TextInput
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  required
                  maxLength={40}
                  dir="ltr"
                />
              </Field>
              <SubmitButton look="quiet">{t("recoverySubmit")}</SubmitButton>
            </ActionForm>
          </details>
          <p>{again}</p>
        </>
      ) : (
        <Notice tone="attention" title={t("over")}>
          <p>{t("overLead")}</p>
          <p>{again}</p>
        </Notice>
      )}
    </div>
  );
}
