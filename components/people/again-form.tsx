"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { CodeInput } from "@/components/people/code-input";
import { PasskeyButton } from "@/components/people/passkey-button";
import { sendToSession } from "@/components/people/send-to-session";
import type { SessionAnswer } from "@/components/people/session-answer";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";

interface AgainFormProps {
  email: string;
  /** Signed in already: only the second step is asked for. */
  isConfirming: boolean;
  /** The name passkeys are bound to here; null where there are none. */
  relyingParty: string | null;
  /** Told who is signed in now. */
  settle: (personId: string) => void;
}

interface Asked {
  step: "password" | "code";
  message?: string;
}

/** Address and password, then a code from whoever signs in in two steps; or the code alone. */
export function AgainForm({ email, isConfirming, relyingParty, settle }: AgainFormProps) {
  const t = useTranslations("again");
  const [asked, send] = useActionState<Asked, FormData>(
    async (before, form) => {
      const path = isConfirming ? "/api/session/confirm" : "/api/session";
      const answer = await sendToSession(path, Object.fromEntries(form));
      if (answer === null) return { ...before, message: t("offline") };
      if (answer.state === "in") settle(answer.personId);
      return nextOf(before, answer);
    },
    { step: isConfirming ? "code" : "password" },
  );
  const second = isConfirming ? "confirm" : "second";
  return (
    <div className="space-y-gap-m">
      <form action={send} className="space-y-gap-m">
        {asked.message === undefined ? null : (
          <Notice tone="danger" live>
            {asked.message}
          </Notice>
        )}
        {asked.step === "password" ? (
          <>
            <Field name="email" label={t("email")}>
              <TextInput type="email" autoComplete="username" required defaultValue={email} />
            </Field>
            <Field name="password" label={t("password")}>
              <TextInput type="password" autoComplete="current-password" required data-autofocus />
            </Field>
          </>
        ) : (
          <Field name="code" label={t("code")} hint={t("codeHint")}>
            <CodeInput digitsOnly={false} />
          </Field>
        )}
        <SubmitButton>{t(isConfirming ? "confirm.submit" : "submit")}</SubmitButton>
      </form>
      {relyingParty === null ? null : (
        <PasskeyButton
          key={asked.step}
          relyingParty={relyingParty}
          purpose={asked.step === "password" ? "sign_in" : second}
          words={{ submit: t("passkey"), failed: t("passkeyFailed") }}
          settle={(told) => settle(told.personId)}
        />
      )}
    </div>
  );
}

function nextOf(before: Asked, answer: SessionAnswer): Asked {
  switch (answer.state) {
    case "in":
      return before;
    case "code":
      return { step: "code" };
    case "refused":
      return { step: before.step, message: answer.message };
    case "over":
      return { step: "password", message: answer.message };
  }
}
