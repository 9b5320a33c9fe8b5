"use client";

import "./globals.css";
import { useSyncExternalStore } from "react";
import { OPERATOR } from "@/lib/guides/operator";
import arabic from "@/locales/ar/failure.json";
import english from "@/locales/en/failure.json";

const never = () => () => {};
const isArabicAddress = () => /^\/ar(\/|$)/.test(window.location.pathname);
const notYet = () => false;

/**
 * When even a layout fails nothing is known but the address; this page stands alone, in the language it names. Every
 * page carries it, so it is as small as it can be.
 */
export default function GlobalError({ retry }: { retry: () => void }) {
  const isArabic = useSyncExternalStore(never, isArabicAddress, notYet);
  const words = isArabic ? arabic : english;
  const [before, after] = words.todo.split("{phone}");
  return (
    <html lang={isArabic ? "ar" : "en"} dir={isArabic ? "rtl" : "ltr"}>
      <body data-density="quiet">
        <title>{words.title}</title>
        <main className="mx-auto max-w-prose space-y-gap-m px-4 py-gap-xl">
          <img src="/icon.svg" alt="" width={72} height={72} />
          <h1 className="text-2xl">{words.title}</h1>
          <p>{words.kept}</p>
          <p>
            {before}
            <bdi dir="ltr">{OPERATOR.phone}</bdi>
            {after}
          </p>
          <button type="button" className="button button-primary" onClick={retry}>
            {words.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
