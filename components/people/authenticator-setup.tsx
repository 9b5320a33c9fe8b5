import { useTranslations } from "next-intl";
import { CodeInput } from "@/components/people/code-input";
import { QrCode } from "@/components/people/qr-code";
import { useCodeWords } from "@/components/people/code-words";
import { UntilCodes } from "@/components/people/until-codes";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface Setup {
  /** What the app is told: as a picture, and as a key typed by hand. */
  address: string;
  authenticatorKey: string;
  /** Whether the password is asked too: before the first factor, from whoever has one. */
  asksPassword: boolean;
}

/** Asks for the first code of an authenticator app, and shows the recovery codes it is answered with; then nothing. */
export function AuthenticatorForm({ setup, action }: { setup: Setup | null; action: FormAction }) {
  return (
    <ActionForm action={action}>
      <UntilCodes words={useCodeWords()}>
        {setup === null ? null : <AuthenticatorSetup {...setup} />}
      </UntilCodes>
    </ActionForm>
  );
}

/** Tells an authenticator app its secret, and the fields of its first code. */
function AuthenticatorSetup({ address, authenticatorKey, asksPassword }: Setup) {
  const t = useTranslations("secondFactor.app");
  const account = useTranslations("account.account");
  return (
    <>
      <ol className="list-decimal space-y-gap-m ps-6 marker:font-semibold">
        <li className="space-y-gap ps-1">
          <p>{t("scan")}</p>
          <QrCode text={address} label={t("picture")} />
          <p className="text-ink-soft">{t("byHand")}</p>
          <p>
            <code dir="ltr" className="inline-block font-mono tracking-wide wrap-anywhere select-all">
              {authenticatorKey.match(/.{1,4}/g)?.join(" ")}
            </code>
          </p>
        </li>
        <li className="max-w-prose space-y-gap-m ps-1">
          <Field name="code" label={t("code")} hint={t("codeHint")}>
            <CodeInput />
          </Field>
          {asksPassword ? (
            <Field name="password" label={account("oldPassword")}>
              <TextInput type="password" required autoComplete="current-password" />
            </Field>
          ) : null}
        </li>
      </ol>
      <SubmitButton>{t("confirm")}</SubmitButton>
    </>
  );
}
