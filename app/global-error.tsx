"use client";

import "./globals.css";
import { ValveMark } from "@/components/ui/valve-mark";
import words from "@/locales/en/problem.json";

/** When even a layout fails no language is known; this page stands alone and in English. */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <html lang="en">
      <body data-density="quiet">
        <main role="alert" className="flex flex-col items-center gap-gap px-4 py-gap-xl text-center">
          <span className="text-danger">
            <ValveMark size={72} />
          </span>
          <h1 className="text-xl">{words.title}</h1>
          <p className="max-w-prose text-ink-soft">{words.body}</p>
          <button type="button" className="button button-primary" onClick={retry}>
            {words.retry}
          </button>
          {error.digest === undefined ? null : (
            <p className="text-sm text-ink-soft">
              {words.reference}: <bdi>{error.digest}</bdi>
            </p>
          )}
        </main>
      </body>
    </html>
  );
}
