"use client";

import { useState } from "react";
import { buttonClass } from "@/components/ui/button-look";

/** Throws while it is drawn anew, as a mistake in a client leaf would. */
export function FailingButton({ label }: { label: string }) {
  const [failed, setFailed] = useState(false);
  if (failed) throw new Error("Failed on purpose, in the browser.");
  return (
    <button type="button" className={buttonClass("quiet")} onClick={() => setFailed(true)}>
      {label}
    </button>
  );
}
