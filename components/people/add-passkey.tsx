"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useActionState, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { knowsPasskeys } from "@/components/people/passkey-browser";
import { RecoveryCodes } from "@/components/people/recovery-codes";
import { sendPasskey } from "@/components/people/send-passkey";
import { useCodeWords } from "@/components/people/code-words";
import { buttonClass } from "@/components/ui/button-look";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { tellNeed } from "@/components/ui/presence";
import { SubmitButton } from "@/components/ui/submit-button";

interface AddPasskeyProps {
  relyingParty: string;
  /** Where this page answers by a name, when this address is a bare number. */
  elsewhere: string;
  asksPassword: boolean;
}

const never = () => () => {};

/** Names a passkey and has this device make it. */
export function AddPasskey({ relyingParty, elsewhere, asksPassword }: AddPasskeyProps) {
  const t = useTranslations("secondFactor.passkeys");
  const router = useRouter();
  const codeWords = useCodeWords();
  const [codes, setCodes] = useState<string[]>([]);
  const canMake = useSyncExternalStore<boolean | null>(
    never,
    () => knowsPasskeys(relyingParty),
    () => null,
  );
  const [message, send] = useActionState<ReactNode, FormData>(async (_before, form) => {
    const added = await sendPasskey(form);
    if (added.state === "failed") return t("failed");
    if (added.state === "signed_out") {
      tellNeed({ kind: "signed_out" });
      return t("signedOut");
    }
    if (added.state === "unsure")
      return (
        <>
          {t("unsure")}{" "}
          <a className="link" href={codeWords.done.href}>
            {t("look")}
          </a>
        </>
      );
    if (added.state === "added") {
      setCodes(added.codes);
      if (added.codes.length === 0) router.refresh();
      return null;
    }
    if (added.code === "step_up_required")
      tellNeed({
        kind: "step_up",
        again: () => document.querySelector<HTMLFormElement>("#add-passkey")?.requestSubmit(),
      });
    // The page offers a link by mail in place of this form.
    if (added.code === "step_up_required_by_link") router.refresh();
    return added.message;
  }, null);

  if (codes.length > 0) return <RecoveryCodes {...codeWords} codes={codes} />;
  if (canMake === null) return <PlaceOfForm asksPassword={asksPassword} />;
  if (!canMake)
    return (
      <p className="max-w-prose">
        {t("byName")}{" "}
        <a className="link" href={elsewhere} dir="ltr">
          {elsewhere}
        </a>
      </p>
    );
  return (
    <form
      id="add-passkey"
      action={send}
      onReset={(event) => event.preventDefault()}
      className="max-w-prose space-y-gap-m"
    >
      {message === null ? null : (
        <Notice tone="attention" live>
          {message}
        </Notice>
      )}
      <Field name="name" label={t("name")} hint={t("nameHint")}>
        <TextInput required maxLength={60} autoComplete="off" dir="auto" />
      </Field>
      {asksPassword ? (
        <Field name="password" label={t("password")}>
          <TextInput type="password" required autoComplete="current-password" />
        </Field>
      ) : null}
      <SubmitButton look="quiet">{t("add")}</SubmitButton>
    </form>
  );
}

/** As high as the form, until it is known whether there is one: what stands below would jump away from under a finger. */
function PlaceOfForm({ asksPassword }: { asksPassword: boolean }) {
  const t = useTranslations("secondFactor.passkeys");
  return (
    <div className="invisible max-w-prose space-y-gap-m noscript:hidden" aria-hidden>
      <div className="space-y-1.5">
        <p className="field-label">{t("name")}</p>
        <p className="field-hint">{t("nameHint")}</p>
        <div className="control" />
      </div>
      {asksPassword ? (
        <div className="space-y-1.5">
          <p className="field-label">{t("password")}</p>
          <div className="control" />
        </div>
      ) : null}
      <div className={buttonClass("quiet")}>{t("add")}</div>
    </div>
  );
}
