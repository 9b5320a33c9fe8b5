import { beforeEach, describe, expect, it, vi } from "vitest";
import { GET as ledgerSheet } from "@/app/(app)/[locale]/desk/money/accounts/export/route";
import { GET as scoreSheet } from "@/app/(app)/[locale]/desk/money/bills/export/route";
import type { SignedIn } from "@/lib/kernel/actor";
import { openBrowser } from "@/tests/support/factors";
import { makeFinance, makePatient } from "@/tests/support/people";

const browser = vi.hoisted(() => ({ jar: new Map<string, string>(), sent: new Headers() }));
vi.mock("next/headers", () => ({
  headers: async () => browser.sent,
  cookies: async () => ({
    get: (name: string) => {
      const value = browser.jar.get(name);
      return value === undefined ? undefined : { name, value };
    },
  }),
}));

const LEDGER = "/ar/desk/money/accounts/export?from=2026-05-01&to=2026-05-02";
const SHEETS = [
  [
    LEDGER,
    "/ar/desk/money/accounts?from=2026-05-01&to=2026-05-02",
    () => ledgerSheet(new Request(`http://valvia.test${LEDGER}`)),
  ],
  ["/en/desk/money/bills/export", "/en/desk/money/bills", () => scoreSheet()],
] as const;
const WINDOWS: Record<string, string>[] = [
  { "sec-fetch-mode": "navigate" },
  { accept: "text/html,application/xhtml+xml,*/*;q=0.8" },
];
const PROGRAMS: Record<string, string>[] = [
  {},
  { accept: "*/*" },
  { accept: "text/html", "sec-fetch-mode": "cors" },
];

function sends(path: string, by: Record<string, string>) {
  browser.sent = new Headers({ "x-valvia-path": path, ...by });
}

async function sitDown(person: SignedIn) {
  browser.jar.set("valvia", (await openBrowser(person, new Date())).token);
}

beforeEach(() => browser.jar.clear());

describe("a sheet opened after the session has ended", () => {
  it("leads a browser to sign in, and back to the page the sheet belongs to", async () => {
    for (const [path, page, open] of SHEETS)
      for (const by of WINDOWS) {
        sends(path, by);
        const thrown: unknown = await open().catch((failure: unknown) => failure);
        const [kind, , address] = String((thrown as { digest?: string }).digest).split(";");
        expect([kind, address]).toEqual([
          "NEXT_REDIRECT",
          `${page.slice(0, 3)}/signin?next=${encodeURIComponent(page)}`,
        ]);
      }
  });

  it("answers a program as before, and whoever is signed in by who they are", async () => {
    for (const [path, , open] of SHEETS) {
      for (const by of PROGRAMS) {
        sends(path, by);
        const answer = await open();
        expect([answer.status, await answer.text()]).toEqual([404, "Not found.\n"]);
      }
      sends(path, WINDOWS[0] ?? {});
      await sitDown(await makePatient());
      expect((await open()).status).toBe(404);
      await sitDown(await makeFinance());
      expect((await open()).headers.get("content-type")).toBe("text/csv; charset=utf-8");
      browser.jar.clear();
    }
  });
});
