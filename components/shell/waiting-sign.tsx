"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { LEAVING } from "@/components/shell/leaving";
import { ValveMark } from "@/components/ui/valve-mark";

/** A page that comes within this time comes without a sign: one that flashes is worse than none. */
const SHOWN_AFTER_MS = 500;
/** A way that led back to the same page changes no address; nobody shall wait for it for ever. */
const GONE_AFTER_MS = 20_000;

/**
 * The next page is on its way: the valve beats above the page the reader is still on, which stays as it is and usable.
 * No loading.tsx: it would answer 200 for what is not there, and never show the page to readers without JavaScript.
 */
export function WaitingSign({ label }: { label: string }) {
  const path = usePathname();
  const search = useSearchParams();
  // A new address means the page has come: its sign begins anew, at rest.
  return <Sign key={`${path}?${search}`} label={label} />;
}

function Sign({ label }: { label: string }) {
  const [isWaiting, setWaiting] = useState(false);

  useEffect(() => {
    let shown: number | undefined;
    let gone: number | undefined;
    const clear = () => {
      window.clearTimeout(shown);
      window.clearTimeout(gone);
    };
    const begin = () => {
      clear();
      shown = window.setTimeout(() => setWaiting(true), SHOWN_AFTER_MS);
      gone = window.setTimeout(() => setWaiting(false), GONE_AFTER_MS);
    };
    window.addEventListener(LEAVING, begin);
    return () => {
      window.removeEventListener(LEAVING, begin);
      clear();
    };
  }, []);

  return (
    <div
      role="status"
      className="no-print pointer-events-none fixed inset-x-0 top-1/3 z-40 flex justify-center px-4"
    >
      {isWaiting ? (
        <p className="flex items-center gap-4 rounded-md border border-line bg-card px-6 py-4 shadow-float">
          <span className="text-primary">
            <ValveMark size={44} beats />
          </span>
          {label}
        </p>
      ) : null}
    </div>
  );
}
