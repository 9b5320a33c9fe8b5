"use client";

import { useSyncExternalStore } from "react";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";

interface ResumeLinkProps {
  submit: string;
  paste: string;
  hint: string;
}

const fragment = (): string => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "";
const never = () => () => {};

/** The token stands in the fragment, which only a script can read; without one the link is pasted. */
export function ResumeLink({ submit, paste, hint }: ResumeLinkProps) {
  const token = useSyncExternalStore(never, fragment, () => "");
  return (
    <>
      {token === "" ? (
        <Field name="token" label={paste} hint={hint}>
          <TextInput required dir="ltr" autoComplete="off" />
        </Field>
      ) : (
        <input type="hidden" name="token" value={token} />
      )}
      <SubmitButton>{submit}</SubmitButton>
    </>
  );
}
