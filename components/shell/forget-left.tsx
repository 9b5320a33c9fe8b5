"use client";

import { useEffect } from "react";
import { forgetPages } from "@/components/cases/kept-pages";
import { LEFT_COOKIE } from "@/components/shell/left-cookie";
import { forgetOthers } from "@/components/ui/kept-fields";

/**
 * Who signed out before the scripts of that page listened has left words and papers in this browser: the next page takes
 * them away. Stands first in the document, so that nothing is read before it.
 */
export function ForgetLeft() {
  useEffect(() => {
    if (!document.cookie.split("; ").some((each) => each.startsWith(`${LEFT_COOKIE}=`))) return;
    forgetOthers(null);
    void forgetPages(null).finally(() => {
      document.cookie = `${LEFT_COOKIE}=; path=/; max-age=0; samesite=lax`;
    });
  }, []);
  return null;
}
