import "./globals.css";
import type { Metadata } from "next";
import { ValveMark } from "@/components/ui/valve-mark";
import { messagesOf } from "@/i18n/messages";

const { notFound } = messagesOf("en").common;

export const metadata: Metadata = { title: notFound.title };

/** For addresses outside every language; there English is all we know. */
export default function GlobalNotFound() {
  return (
    <html lang="en">
      <body data-density="quiet">
        <main className="flex flex-col items-center gap-gap px-4 py-gap-xl text-center">
          <span className="text-primary">
            <ValveMark size={96} />
          </span>
          <h1 className="text-xl">{notFound.title}</h1>
          <p className="max-w-prose text-ink-soft">{notFound.body}</p>
          <a className="button button-primary" href="/">
            {notFound.home}
          </a>
        </main>
      </body>
    </html>
  );
}
