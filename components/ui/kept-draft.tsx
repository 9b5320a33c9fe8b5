"use client";

import { usePathname } from "next/navigation";
import { useContext, useEffect, useRef, useState } from "react";
import { useFormStatus } from "react-dom";
import { FormContext } from "@/components/ui/form-context";
import { isFresh, isWaking } from "@/components/ui/early-values";
import {
  besideEarly,
  FIELDS_COME,
  fieldsOf,
  firstFieldsOf,
  forgetKept,
  forgetOthers,
  keptKey,
  type KeptFields,
  putFields,
  readKept,
  writeKept,
} from "@/components/ui/kept-fields";

interface KeptDraftProps {
  /** Whose words they are: the id of the person signed in. */
  owner: string;
  words: { kept: string; discard: string };
}

const PAUSE_MS = 300;

/** Says to every form of the page that nothing typed may be written down any more. */
const FORGET_KEPT = "valvia:forget-kept";

/**
 * Keeps what is typed into the form around it, in this tab and for this person, until it is sent: going to another page
 * and back loses nothing, and closing the tab asks first. Stands last in the form.
 */
export function KeptDraft({ owner, words }: KeptDraftProps) {
  const box = useRef<HTMLDivElement>(null);
  const path = usePathname();
  const answer = useContext(FormContext);
  const isTaken = useRef(answer.status === "done");
  const { pending } = useFormStatus();
  const isPending = useRef(false);
  const start = useRef<KeptFields>({});
  const [coming, setComing] = useState<KeptFields | null>(null);
  const [isBack, setIsBack] = useState(false);
  const formOf = () => box.current?.closest("form") ?? null;

  useEffect(() => {
    isPending.current = pending;
  }, [pending]);

  useEffect(() => {
    const form = box.current?.closest("form");
    if (!form) return;
    const key = keptKey(owner, path, form.id);
    forgetOthers(owner);
    start.current = isWaking() ? firstFieldsOf(form) : fieldsOf(form);
    // The page that answers the sending: what the page before it wrote down while it was under way has been taken.
    if (isTaken.current) forgetKept(key);
    isTaken.current = false;
    const kept = readKept(key);
    if (kept !== null) {
      const fields = isWaking() && isFresh() ? besideEarly(form, kept.fields) : kept.fields;
      form.dispatchEvent(new CustomEvent<KeptFields>(FIELDS_COME, { detail: fields }));
      setComing(fields);
      setIsBack(true);
    }
    return keep(form, key, start, isPending);
  }, [owner, path]);

  // Rows for the fields were made in the same turn; now the fields are there.
  useEffect(() => {
    const form = box.current?.closest("form");
    if (form && coming !== null) putFields(form, coming);
  }, [coming]);

  useEffect(() => {
    const form = box.current?.closest("form");
    if (!form || answer.status !== "done") return;
    forgetKept(keptKey(owner, path, form.id));
    setIsBack(false);
  }, [answer, owner, path]);

  const discard = () => {
    const form = formOf();
    if (form === null) return;
    form.dispatchEvent(new CustomEvent<KeptFields>(FIELDS_COME, { detail: start.current }));
    setComing({ ...start.current });
    forgetKept(keptKey(owner, path, form.id));
    setIsBack(false);
    form.querySelector<HTMLElement>("textarea, input:not([type=hidden]), select")?.focus();
  };
  return (
    <div ref={box} role="status" className="text-sm text-ink-soft empty:hidden">
      {isBack ? (
        <p className="flex flex-wrap items-center gap-x-3">
          {words.kept}
          <button type="button" onClick={discard} className="link min-h-6">
            {words.discard}
          </button>
        </p>
      ) : null}
    </div>
  );
}

/** Writes the form down while it is typed in; answers how to stop. */
function keep(
  form: HTMLFormElement,
  key: string,
  start: { current: KeptFields },
  isPending: { current: boolean },
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isChanged = () => JSON.stringify(fieldsOf(form)) !== JSON.stringify(start.current);
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (isChanged()) writeKept(key, fieldsOf(form), Date.now());
    else forgetKept(key);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE_MS);
  };
  const ask = (event: BeforeUnloadEvent) => {
    if (timer !== undefined) write();
    if (isChanged() && !isPending.current) event.preventDefault();
  };
  // What was sent has emptied the form, and that is the new beginning; a refused form is not emptied.
  const begin = (event: Event) =>
    setTimeout(() => {
      if (!event.defaultPrevented) start.current = fieldsOf(form);
    });
  // Who signs out takes everything along, also what was typed a moment ago.
  const drop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  form.addEventListener("input", soon);
  window.addEventListener(FORGET_KEPT, drop);
  form.addEventListener("reset", begin);
  window.addEventListener("beforeunload", ask);
  return () => {
    form.removeEventListener("input", soon);
    window.removeEventListener(FORGET_KEPT, drop);
    form.removeEventListener("reset", begin);
    window.removeEventListener("beforeunload", ask);
    // Another page came while the form was on its way: it was taken.
    if (isPending.current) forgetKept(key);
    else if (timer !== undefined) write();
    clearTimeout(timer);
  };
}

/** In the form that signs a person out: nothing they wrote stays in the browser. */
export function ForgetKept() {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = box.current?.closest("form");
    const forget = () => {
      window.dispatchEvent(new Event(FORGET_KEPT));
      forgetOthers(null);
    };
    form?.addEventListener("submit", forget);
    return () => form?.removeEventListener("submit", forget);
  }, []);
  return <span ref={box} hidden />;
}
