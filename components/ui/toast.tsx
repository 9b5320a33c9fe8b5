"use client";

import { useState } from "react";
import type { ReactNode } from "react";

/** A word about what was just done. Stays until it is closed or the page changes; nothing vanishes by itself. */
export function Toast({ children, closeLabel }: { children: ReactNode; closeLabel: string }) {
  const [open, setOpen] = useState(true);
  return (
    <div
      role="status"
      className="no-print pointer-events-none fixed inset-x-4 bottom-4 z-40 flex justify-center"
    >
      {open ? (
        <div className="pointer-events-auto flex items-center gap-4 rounded-md border border-line bg-card px-4 py-2 shadow-float">
          <span>{children}</span>
          <button type="button" className="link min-h-11 px-2" onClick={() => setOpen(false)}>
            {closeLabel}
          </button>
        </div>
      ) : null}
    </div>
  );
}
