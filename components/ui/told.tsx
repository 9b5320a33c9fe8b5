"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

interface ToldProps {
  /** What happened, read aloud; null while there is nothing to say. */
  children: ReactNode | null;
  /** Taking it back, where that is possible. */
  undo?: { label: string; run: () => void } | undefined;
  closeLabel: string;
  close: () => void;
}

/** One sentence at the foot of the page about what has just been done. It stays until the next one, or until it is closed. */
export function Told({ children, undo, closeLabel, close }: ToldProps) {
  return (
    <div className="no-print pointer-events-none fixed inset-x-0 bottom-0 z-30 flex justify-center p-4">
      <div role="status" className="min-w-0">
        {children === null ? null : (
          <div className="pointer-events-auto flex flex-wrap items-center gap-x-gap-m gap-y-1 rounded-md border border-edge bg-card py-2 ps-4 pe-2 shadow-float">
            <p className="min-w-0 wrap-anywhere">{children}</p>
            <span className="flex gap-1">
              {undo === undefined ? null : <Button onClick={undo.run}>{undo.label}</Button>}
              <button
                type="button"
                onClick={close}
                aria-label={closeLabel}
                className="inline-flex min-h-control min-w-control items-center justify-center rounded-md hover:bg-primary-tint"
              >
                <svg
                  viewBox="0 0 16 16"
                  width="14"
                  height="14"
                  stroke="currentColor"
                  strokeWidth="1.5"
                  aria-hidden
                >
                  <path d="M3 3l10 10M13 3L3 13" />
                </svg>
              </button>
            </span>
          </div>
        )}
      </div>
    </div>
  );
}
