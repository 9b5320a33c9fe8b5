"use client";

import { useEffect, useRef } from "react";
import { forgetPages } from "@/components/cases/kept-pages";

/** Inside the form that signs out: what was kept on this phone goes with the sign-in. */
export function ForgetPages() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    const forget = () => void forgetPages(null);
    form.addEventListener("submit", forget);
    return () => form.removeEventListener("submit", forget);
  }, []);
  return <span ref={place} hidden />;
}
