"use client";

import { useSyncExternalStore } from "react";
import { buttonClass } from "@/components/ui/button-look";

interface LinkSignInProps {
  submit: string;
  missing: string;
}

const fragment = (): string => window.location.hash.slice(1);
const never = () => () => {};

/** The token stands in the fragment, which no server and no log sees before this button is pressed. */
export function LinkSignIn({ submit, missing }: LinkSignInProps) {
  const hash = useSyncExternalStore(never, fragment, () => null);
  if (hash === null) return null;
  const parts = new URLSearchParams(hash);
  const token = parts.get("token");
  const email = parts.get("email");
  if (!token || !email) return <p role="alert">{missing}</p>;
  return (
    <form method="post" action="/api/auth/callback/email">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="email" value={email} />
      <input type="hidden" name="callbackUrl" value={parts.get("next") ?? "/"} />
      <button type="submit" className={buttonClass("primary")}>
        {submit}
      </button>
    </form>
  );
}
