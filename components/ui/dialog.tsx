"use client";

import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

interface DialogProps {
  /** Names the dialog for screen readers. */
  label: string;
  open: boolean;
  close: () => void;
  className?: string;
  children: ReactNode;
}

/**
 * A native dialog over the page: it keeps the focus, closes by Escape or a click beside it, and gives the focus back.
 * The focus begins on what carries `data-autofocus`.
 */
export function Dialog({ label, open, close, className = "max-w-xl", children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    if (open && dialog?.open === false) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    }
    if (!open) dialog?.close();
  }, [open]);
  useEffect(() => {
    const dialog = box.current;
    const leave = (event: MouseEvent) => {
      if (event.target === dialog) dialog?.close();
    };
    dialog?.addEventListener("click", leave);
    return () => dialog?.removeEventListener("click", leave);
  }, []);
  return (
    <dialog
      ref={box}
      aria-label={label}
      onClose={close}
      className={`mx-auto mt-[12dvh] mb-auto max-h-[76dvh] w-[calc(100%-2rem)] overflow-y-auto rounded-md border border-line bg-card text-ink shadow-float backdrop:bg-[rgb(15_23_27/0.4)] ${className}`}
    >
      {open ? children : null}
    </dialog>
  );
}
