"use client";

import { usePathname } from "next/navigation";
import { useActionState, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { useAnsweredAction } from "@/components/ui/answered-action";
import { isFresh, isWaking } from "@/components/ui/early-values";
import { FormContext, FormPlace } from "@/components/ui/form-context";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { IDLE } from "@/components/ui/form-state";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { HindranceNotice } from "@/components/ui/hindrance-notice";
import { Notice } from "@/components/ui/notice";
import { onSettled, tellNeed } from "@/components/ui/presence";
import { type Hindrance, useIsAsked, useSendGuard } from "@/components/ui/send-guard";

interface Way {
  href: string;
  label: string;
}

interface FormLeafProps {
  action: FormAction;
  /** Heading of the summary of refusals. */
  problem: string;
  /** What is said when it cannot be sent, and the ways to the sign-in page and to a fresh second step. */
  unsent: Record<Hindrance | "title", string> & Record<"signIn" | "confirm", Way>;
  id?: string;
  className?: string;
  children: ReactNode;
}

const STEP_UP = "step_up_required";

/** The hydrated half of ActionForm. Without JavaScript the browser posts the form and gets the same page back. */
export function FormLeaf(props: FormLeafProps) {
  const { action, problem, unsent, id, className, children } = props;
  const [state, send] = useActionState(useAnsweredAction(action, unsent.signed_out), IDLE);
  const place = useId();
  const form = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLElement | null>(null);
  const emptying = useRef(false);
  const { hindrance, guard } = useSendGuard();
  const isMended = useIsMended(state);

  // Sent before its scripts came, the page comes back folded: what is answered inside would be seen by nobody.
  useLayoutEffect(() => {
    if (state.status !== "idle") unfold(form.current);
  }, [state]);

  useEffect(() => {
    // The page that answers a sending came empty: what stands in it was typed since.
    if (state.status !== "done" || (isWaking() && isFresh())) return;
    emptying.current = true;
    form.current?.reset();
    emptying.current = false;
  }, [state]);

  useEffect(() => {
    if (state.status !== "refused" || state.code !== STEP_UP) return;
    const again = () => form.current?.requestSubmit(button.current?.isConnected ? button.current : null);
    tellNeed({ kind: "step_up", again });
  }, [state]);

  // React empties a form after every answer; a refusal must keep what was typed.
  const keepTyped = (event: FormEvent) => {
    if (!emptying.current) event.preventDefault();
  };

  return (
    <form
      ref={form}
      id={id}
      action={send}
      onSubmit={(event) => {
        button.current = event.nativeEvent.submitter ?? button.current;
        void guard(event);
      }}
      onReset={keepTyped}
      // The browser would say it in its own language, one field at a time; the server answers for all in the reader's.
      noValidate
      className={className}
    >
      <FormPlace value={place}>
        <FormContext value={state}>
          {hindrance === null ? null : (
            <HindranceNotice
              title={unsent.title}
              message={unsent[hindrance.kind]}
              link={hindrance.kind === "signed_out" ? unsent.signIn : null}
              occasion={hindrance}
            />
          )}
          {state.status === "refused" && !isMended ? (
            <FormErrorSummary title={problem} refusal={state}>
              {state.code === STEP_UP ? <ConfirmLink way={unsent.confirm} /> : null}
            </FormErrorSummary>
          ) : null}
          {state.status === "done" && state.message !== undefined ? (
            <Notice tone="good" live>
              <span className="whitespace-pre-line">{state.message}</span>
            </Notice>
          ) : null}
          {children}
        </FormContext>
      </FormPlace>
    </form>
  );
}

function unfold(form: HTMLFormElement | null): void {
  for (let fold = form?.closest("details"); fold; fold = fold.parentElement?.closest("details"))
    fold.open = true;
}

/** A refusal that the question over the page is about, or was: it is said there, and is over once it is answered. */
function useIsMended(state: FormState): boolean {
  const isAsked = useIsAsked();
  const [mended, setMended] = useState<FormState | null>(null);
  useEffect(() => onSettled(() => setMended(state)), [state]);
  if (state.status !== "refused" || (state.code !== STEP_UP && state.code !== "signed_out")) return false;
  return isAsked || mended === state;
}

/** Where no script asks for the code over the page: a page of its own, beside this one with all that was typed. */
function ConfirmLink({ way }: { way: Way }) {
  const words = new URLSearchParams({ next: usePathname() });
  return (
    <p>
      <a className="link" href={`${way.href}?${words}`} target="_blank" rel="noopener">
        {way.label}
      </a>
    </p>
  );
}
