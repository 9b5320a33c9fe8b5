"use client";

import { useId, useRef } from "react";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-look";
import type { ButtonLook } from "@/components/ui/button-look";

interface DialogProps {
  /** The words on the button that opens it. */
  opener: ReactNode;
  title: ReactNode;
  closeLabel: string;
  look?: ButtonLook;
  children: ReactNode;
}

/** A native dialog with its own button: focus stays inside, Escape closes, focus returns. */
export function Dialog({ opener, title, closeLabel, look = "quiet", children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  return (
    <>
      <button type="button" className={buttonClass(look)} onClick={() => box.current?.showModal()}>
        {opener}
      </button>
      <dialog
        ref={box}
        aria-labelledby={id}
        className="m-auto w-[min(36rem,calc(100%-2rem))] rounded-md border border-line bg-card p-gap-m text-ink shadow-float backdrop:bg-black/50"
      >
        <div className="mb-gap flex items-start justify-between gap-gap">
          <h2 id={id} className="text-lg">
            {title}
          </h2>
          <button type="button" className={buttonClass("quiet")} onClick={() => box.current?.close()}>
            {closeLabel}
          </button>
        </div>
        {children}
      </dialog>
    </>
  );
}
