"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { buttonClass } from "@/components/ui/button-look";

interface RecoveryCodesProps {
  title: string;
  lead: string;
  copy: string;
  /** "I have kept them": where to go on. */
  done: { href: string; label: string };
  codes: readonly string[];
}

const never = () => () => {};

/** Shown once, right after they were made: to print, to copy or to write down. */
export function RecoveryCodes({ title, lead, copy, done, codes }: RecoveryCodesProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  // Without scripts nothing could be copied by a button.
  const canCopy = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={title}
      className="max-w-prose space-y-gap rounded-md border border-s-4 border-attention bg-attention-tint p-gap-m"
    >
      <h2 className="text-lg">{title}</h2>
      <p>{lead}</p>
      <ul dir="ltr" className="grid gap-x-gap-m gap-y-1 font-mono text-lg whitespace-nowrap sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="no-print flex flex-wrap gap-gap">
        {canCopy ? (
          <button
            type="button"
            className={buttonClass("quiet")}
            onClick={() => void navigator.clipboard.writeText(codes.join("\n"))}
          >
            {copy}
          </button>
        ) : null}
        {/* A whole new page: nothing of the codes stays behind in this one. */}
        <a className={buttonClass("primary")} href={done.href}>
          {done.label}
        </a>
      </div>
    </section>
  );
}
