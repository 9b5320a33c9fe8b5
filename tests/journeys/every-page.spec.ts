import { expect, test } from "@playwright/test";
import { signIn, watchPolicy } from "../support/browser";
import { expectGoodLooks, type Walk, walkPages } from "../support/every-page";

interface Area extends Omit<Walk, "locale"> {
  who: string;
  email: string | null;
  /** At least so many pages: a walk that finds nothing proves nothing. */
  atLeast: number;
}

const AREAS: readonly Area[] = [
  {
    who: "a visitor",
    email: null,
    roots: [
      "",
      "/clinics",
      "/clinics?q=zzzz",
      "/compare?c=herzzentrum-rheintal,bohai-heart-hospital",
      "/start",
      "/signin",
    ],
    area: /^(?!\/(my|desk|cabinet|account|mailbox|job)\b)\/[a-z-]+(\/[a-z0-9-]+)?$/i,
    alike: 2,
    atLeast: 25,
  },
  {
    who: "a patient",
    email: "patient@demo.valvia.test",
    roots: ["/my", "/account"],
    area: /^\/(my|account)\b/,
    atLeast: 14,
  },
  {
    who: "another patient",
    email: "patient2@demo.valvia.test",
    roots: ["/my"],
    area: /^\/my\b/,
    atLeast: 12,
  },
  {
    who: "a coordinator",
    email: "coordinator@demo.valvia.test",
    roots: ["/desk", "/desk/inbox", "/desk/cases", "/desk/listings"],
    area: /^\/desk\b/,
    atLeast: 14,
  },
  {
    who: "finance",
    email: "finance@demo.valvia.test",
    roots: ["/desk/money"],
    area: /^\/desk\b/,
    atLeast: 5,
  },
  {
    who: "an administrator",
    email: "admin@demo.valvia.test",
    roots: ["/desk/listings", "/desk/people", "/desk/settings", "/account"],
    area: /^\/(desk|account)\b/,
    atLeast: 5,
  },
  {
    who: "a manager",
    email: "manager@demo.valvia.test",
    roots: ["/cabinet"],
    area: /^\/cabinet\b/,
    atLeast: 7,
  },
  {
    who: "a reviewer",
    email: "reviewer@demo.valvia.test",
    roots: ["/cabinet"],
    area: /^\/cabinet\b/,
    atLeast: 4,
  },
];

for (const { who, email, atLeast, ...walk } of AREAS) {
  for (const locale of ["en", "ar"] as const) {
    test(`every page ${who} can reach looks right, in ${locale}`, async ({ page }) => {
      test.setTimeout(15 * 60_000);
      const refused = watchPolicy(page);
      const broken: string[] = [];
      page.on("pageerror", (failure) => broken.push(`${page.url()}: ${failure.message}`));
      page.on("console", (told) => {
        if (told.type() === "error") broken.push(`${page.url()}: ${told.text()}`);
      });
      if (email !== null) await signIn(page, email);
      const { count, wrong } = await walkPages(page, { ...walk, locale }, () =>
        expectGoodLooks(page, locale),
      );
      // One fault does not hide another of a different kind.
      expect.soft(wrong).toEqual([]);
      expect.soft(count).toBeGreaterThanOrEqual(atLeast);
      expect.soft(refused).toEqual([]);
      expect(broken).toEqual([]);
    });
  }
}
