"use client";

import { useEffect, useRef } from "react";

/** The end of a conversation: brought into view when the page opens and when something new stands above it. */
export function NewestInView({ newest }: { newest: string | undefined }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (newest !== undefined) end.current?.scrollIntoView({ block: "end" });
  }, [newest]);
  return <div ref={end} id="newest" className="scroll-mb-56" />;
}
