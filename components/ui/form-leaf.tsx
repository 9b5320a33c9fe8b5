"use client";

import { useActionState, useEffect, useRef } from "react";
import type { FormEvent, ReactNode } from "react";
import { FormContext } from "@/components/ui/form-context";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { IDLE } from "@/components/ui/form-state";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

interface FormLeafProps {
  action: FormAction;
  /** Heading of the summary of refusals. */
  problem: string;
  id?: string;
  className?: string;
  children: ReactNode;
}

/** The hydrated half of ActionForm. Without JavaScript the browser posts the form and gets the same page back. */
export function FormLeaf({ action, problem, id, className, children }: FormLeafProps) {
  const [state, send] = useActionState(action, IDLE);
  const form = useRef<HTMLFormElement>(null);
  const emptying = useRef(false);

  useEffect(() => {
    if (state.status !== "done") return;
    emptying.current = true;
    form.current?.reset();
    emptying.current = false;
  }, [state]);

  // React empties a form after every answer; a refusal must keep what was typed.
  const keepTyped = (event: FormEvent) => {
    if (!emptying.current) event.preventDefault();
  };

  return (
    <form ref={form} id={id} action={send} onReset={keepTyped} className={className}>
      <FormContext value={state}>
        {state.status === "refused" ? <FormErrorSummary title={problem} refusal={state} /> : null}
        {state.status === "done" && state.message !== undefined ? (
          <Notice tone="good" live>
            {state.message}
          </Notice>
        ) : null}
        {children}
      </FormContext>
    </form>
  );
}
