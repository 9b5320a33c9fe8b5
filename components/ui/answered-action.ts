"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { FormAction } from "@/components/ui/form-state";
import { tellNeed } from "@/components/ui/presence";

const never = () => () => {};

/**
 * The action of a form, with an answer for the case that the session ended on the way: a refusal that keeps the page and
 * everything typed, instead of an error in its place. Before hydration it is the plain action, which a browser can post.
 */
export function useAnsweredAction(action: FormAction, signedOut: string): FormAction {
  const isHydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const answered = useCallback<FormAction>(
    async (before, form) => {
      try {
        return await action(before, form);
      } catch (error) {
        if (!isSignedOut(error)) throw error;
        tellNeed({ kind: "signed_out" });
        return { status: "refused", code: "signed_out", message: signedOut };
      }
    },
    [action, signedOut],
  );
  return isHydrated ? answered : action;
}

/** The server's word for it, in the one part of an error that reaches a browser. */
function isSignedOut(error: unknown): boolean {
  return typeof error === "object" && error !== null && "digest" in error && error.digest === "signed_out";
}
