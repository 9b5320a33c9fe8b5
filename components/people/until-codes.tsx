"use client";

import { useContext } from "react";
import type { ReactNode } from "react";
import { RecoveryCodes } from "@/components/people/recovery-codes";
import { FormContext } from "@/components/ui/form-context";

export interface CodeWords {
  title: string;
  lead: string;
  copy: string;
  done: { href: string; label: string };
}

/** The inside of a form whose answer is a set of recovery codes: first its fields, then the codes in their place. */
export function UntilCodes({ words, children }: { words: CodeWords; children: ReactNode }) {
  const state = useContext(FormContext);
  if (state.status !== "done" || state.codes === undefined) return children;
  return <RecoveryCodes {...words} codes={state.codes} />;
}
