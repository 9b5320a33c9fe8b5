"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useActionState, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { knowsPasskeys, makePasskey } from "@/components/people/passkey-browser";
import { RecoveryCodes } from "@/components/people/recovery-codes";
import { postJson } from "@/components/people/send-to-session";
import { useCodeWords } from "@/components/people/code-words";
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

/** What the door for new passkeys answers. */
type Added = { state: "added"; codes: string[] } | { state: "refused"; code: string; message: string };

/** No answer came back for a passkey that was made: it may have been added. */
const UNSURE = "unsure";

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
    const added = await add(form);
    if (added === null) return t("failed");
    if (added === UNSURE)
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
  if (canMake === null) return null;
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

async function add(form: FormData): Promise<Added | typeof UNSURE | null> {
  const options = await postJson("/api/session/passkey/new", {});
  if (options === null) return null;
  // Our own route answers in this shape when nothing may be asked just now.
  if (typeof options === "object" && "state" in options) return options as Added;
  // Our own route answers what the browser's method reads, and then in the shape above.
  const response = await makePasskey(options as Parameters<typeof makePasskey>[0]);
  if (response === null) return null;
  const answer = await postJson("/api/session/passkey/new", { ...Object.fromEntries(form), response });
  return answer === null ? UNSURE : (answer as Added);
}
