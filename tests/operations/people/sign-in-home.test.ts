import { beforeEach, describe, expect, it, vi } from "vitest";
import { GET } from "@/app/(app)/[locale]/signin/home/route";
import type { SignedIn } from "@/lib/kernel/actor";
import { openBrowser } from "../../support/factors";
import { makeClinic } from "../../support/clinics";
import { makeAdmin, makeCoordinator, makeFinance, makeManager, makePatient } from "../../support/people";

const browser = vi.hoisted(() => ({ jar: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => {
      const value = browser.jar.get(name);
      return value === undefined ? undefined : { name, value };
    },
  }),
}));

/** The address "Sign in" of a public page answers with. */
async function leadsTo(locale: string): Promise<string> {
  const params = Promise.resolve({ locale });
  const thrown: unknown = await GET(new Request(`http://valvia.test/${locale}/signin/home`), {
    params,
  }).catch((failure: unknown) => failure);
  const [kind, , address] = String((thrown as { digest?: string }).digest).split(";");
  expect(kind).toBe("NEXT_REDIRECT");
  return address ?? "";
}

async function sitDown(person: SignedIn): Promise<void> {
  const { token } = await openBrowser(person, new Date());
  browser.jar.set("valvia", token);
}

beforeEach(() => browser.jar.clear());

describe('"Sign in" on a public page', () => {
  it("leads each role to its own start, in the language of the page", async () => {
    const { id: clinicId } = await makeClinic();
    const starts = [
      [await makePatient(), "/en/my"],
      [await makeCoordinator(), "/en/desk"],
      [await makeFinance(), "/en/desk"],
      [await makeAdmin(), "/en/desk"],
      [await makeManager(clinicId), "/en/cabinet"],
    ] as const;
    for (const [person, start] of starts) {
      await sitDown(person);
      expect(await leadsTo("en")).toBe(start);
    }
    expect(await leadsTo("ar")).toBe("/ar/cabinet");
  });

  it("leads a stranger to the sign-in page, which names no role's place to go on to", async () => {
    expect(await leadsTo("ar")).toBe("/ar/signin");
    browser.jar.set("valvia", "a token nobody was given");
    expect(await leadsTo("en")).toBe("/en/signin");
  });
});
