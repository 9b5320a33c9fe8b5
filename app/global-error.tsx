"use client";

import "./globals.css";
import { useSyncExternalStore } from "react";
import { ProblemView } from "@/components/shell/problem-view";
import { problemWords } from "@/components/shell/state-words";
import arabic from "@/locales/ar/problem.json";
import english from "@/locales/en/problem.json";

const never = () => () => {};
const isArabicAddress = () => /^\/ar(\/|$)/.test(window.location.pathname);
const notYet = () => false;

/** When even a layout fails nothing is known but the address; this page stands alone, in the language it names. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const isArabic = useSyncExternalStore(never, isArabicAddress, notYet);
  return (
    <html lang={isArabic ? "ar" : "en"} dir={isArabic ? "rtl" : "ltr"}>
      <body data-density="quiet">
        <main className="mx-auto max-w-page px-4 md:px-8">
          <ProblemView told={problemWords(isArabic ? arabic : english)} error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
