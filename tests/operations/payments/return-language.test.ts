import { beforeEach, describe, expect, it, vi } from "vitest";
import { payAction } from "@/app/(app)/[locale]/my/cases/[id]/booking/actions";
import { payOpinionAction } from "@/app/(app)/[locale]/my/cases/[id]/orders/actions";
import { asPerson, openDb } from "@/lib/infra/db";
import { RETURN_COOKIE } from "@/lib/kernel/return-cookie";
import { startCheckout, startOpinionCheckout } from "@/lib/payments/start-checkout";
import { openBrowser } from "@/tests/support/factors";
import { makeOrdered } from "@/tests/support/opinions";
import { valueOf } from "@/tests/support/outcomes";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makePatient, testSystem } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

const browser = vi.hoisted(() => ({ sent: new Headers(), jar: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => browser.sent,
  cookies: async () => ({
    get: (name: string) => {
      const value = browser.jar.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string, value: string) => browser.jar.set(name, value),
  }),
}));

const provider = withProvider();

/** The call that opened the page of a payment, as it was kept. */
async function askedFor(pays: { planItemId: string } | { opinionId: string }) {
  const { id } = await asPerson(testSystem, (tx) => tx.payment.findFirstOrThrow({ where: pays }));
  const { params } = await openDb().providerIntent.findFirstOrThrow({ where: { objectId: id } });
  return params as { locale: string; successUrl: string; cancelUrl: string };
}

/** Where an action of this person, sent from a page in this language, leads. */
async function sentFrom(
  locale: string,
  person: Parameters<typeof openBrowser>[0],
  act: () => Promise<unknown>,
) {
  const { token } = await openBrowser(person, new Date());
  browser.jar.set("valvia", token);
  browser.sent = new Headers({
    ...{ origin: process.env.APP_URL ?? "", "sec-fetch-site": "same-origin" },
    ...{ "content-type": "multipart/form-data", "x-valvia-locale": locale },
  });
  const thrown: unknown = await act().catch((failure: unknown) => failure);
  return String((thrown as { digest?: string }).digest).split(";")[2] ?? "";
}

beforeEach(() => browser.jar.clear());

describe("a payment page", () => {
  it("leads back in the language of the page the instalment was paid from, not of the account", async () => {
    const made = await makeUnpaidBooking();
    expect(made.patient.locale).toBe("en");
    const url = await sentFrom("ar", made.patient, () => payAction(made.depositId));
    expect(url).toContain(provider().url);
    const asked = await askedFor({ planItemId: made.depositId });
    const pages = `/ar/my/cases/${made.caseId}`;
    expect(new URL(asked.successUrl).pathname).toBe(`${pages}/payment`);
    expect(new URL(asked.cancelUrl).pathname).toBe(`${pages}/booking`);
    expect(browser.jar.get(RETURN_COOKIE)).toBe("ar");
  });

  it("leads back a companion who pays in the language they read in", async () => {
    const made = await makeUnpaidBooking();
    const companion = await makePatient();
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.create({
        data: { caseId: made.caseId, personId: companion.personId, scopes: ["read", "pay"], purpose: "help" },
      }),
    );
    await sentFrom("ar", companion, () => payAction(made.depositId));
    expect((await askedFor({ planItemId: made.depositId })).successUrl).toContain("/ar/my/cases/");
  });

  it("of a second opinion does so too", async () => {
    const made = await makeOrdered();
    await sentFrom("ar", made.patient, () => payOpinionAction(made.opinionId));
    const asked = await askedFor({ opinionId: made.opinionId });
    const pages = `/ar/my/cases/${made.caseId}`;
    expect(new URL(asked.successUrl).pathname).toBe(`${pages}/payment`);
    expect(new URL(asked.cancelUrl).pathname).toBe(`${pages}/orders`);
  });

  it("leads back in the person's own language where it is asked for by the API", async () => {
    const made = await makeUnpaidBooking();
    valueOf(await startCheckout(made.patient, made.depositId, new Date()));
    expect((await askedFor({ planItemId: made.depositId })).successUrl).toContain("/en/my/cases/");
    const ordered = await makeOrdered();
    valueOf(await startOpinionCheckout(ordered.patient, ordered.opinionId, new Date()));
    expect((await askedFor({ opinionId: ordered.opinionId })).successUrl).toContain("/en/my/cases/");
  });

  it("that is open stays the one page for a click in another language, and the browser knows that one", async () => {
    const made = await makeUnpaidBooking();
    const first = await sentFrom("en", made.patient, () => payAction(made.depositId));
    const again = await sentFrom("ar", made.patient, () => payAction(made.depositId));
    expect(again).toBe(first);
    expect(browser.jar.get(RETURN_COOKIE)).toBe("ar");
  });
});
