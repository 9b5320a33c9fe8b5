import "./globals.css";
import type { Metadata } from "next";
import { stateWords } from "@/components/shell/state-words";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { StatePage } from "@/components/ui/state-page";
import { messagesOf } from "@/i18n/messages";

const { common, problem } = messagesOf("en");
const { title, home } = common.notFound;

export const metadata: Metadata = { title };

/** For addresses outside every language; there English is all we know. */
export default function GlobalNotFound() {
  return (
    <html lang="en">
      <body data-density="quiet">
        <main className="px-4">
          <StatePage
            kind="missing"
            words={stateWords(problem, { ...problem.missing, title })}
            acts={
              <PlainLinkButton href="/" look="primary">
                {home}
              </PlainLinkButton>
            }
          />
        </main>
      </body>
    </html>
  );
}
