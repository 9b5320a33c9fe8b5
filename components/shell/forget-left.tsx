"use client";

import { useEffect } from "react";
import { forgetPages } from "@/components/cases/kept-pages";
import { LEFT_COOKIE } from "@/components/shell/left-cookie";
import { forgetOthers, forgetPath } from "@/components/ui/kept-fields";
import { TAKEN_COOKIE, takenPath } from "@/lib/kernel/taken-cookie";

const told = (name: string) =>
  document.cookie
    .split("; ")
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1);
const forgetCookie = (name: string) => {
  document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
};

/**
 * Who sent a form before its scripts came may have left its words in this tab, though they arrived; who signed out so has left
 * words and papers in this browser. The next page takes them away. Stands first in the document, so that nothing is read before.
 */
export function ForgetLeft() {
  useEffect(() => {
    const taken = told(TAKEN_COOKIE);
    if (taken !== undefined) {
      forgetCookie(TAKEN_COOKIE);
      const path = takenPath(taken);
      if (path !== null) forgetPath(path);
    }
    if (told(LEFT_COOKIE) === undefined) return;
    forgetOthers(null);
    void forgetPages(null).finally(() => forgetCookie(LEFT_COOKIE));
  }, []);
  return null;
}
