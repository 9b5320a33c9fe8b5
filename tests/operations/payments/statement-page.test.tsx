import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import StatementPage from "@/app/(app)/[locale]/my/cases/[id]/statement/page";
import { messagesOf } from "@/i18n/messages";
import type { Patient } from "@/lib/kernel/actor";
import { openBrowser } from "@/tests/support/factors";
import { makeOrdered, makePaidOpinion } from "@/tests/support/opinions";
import { makeCase } from "@/tests/support/cases";
import { makePatient } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

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
vi.mock("next-intl/server", () => ({
  getLocale: async () => "en",
  getTranslations: async (namespace: "payments.page") =>
    createTranslator({ locale: "en", messages: messagesOf("en"), namespace }),
}));

const provider = withProvider();

/** The page as this person reads it. */
async function pageOf(patient: Patient, id: string): Promise<string> {
  browser.jar.set("valvia", (await openBrowser(patient, new Date())).token);
  const page = await StatementPage({ params: Promise.resolve({ id }) });
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messagesOf("en")} timeZone="UTC">
      {page}
    </NextIntlClientProvider>,
  );
}

beforeEach(() => browser.jar.clear());

describe("the statement of a case without a booking", () => {
  it("does not say that no money moved where a second opinion was paid, and leads to its order", async () => {
    const { patient, caseId } = await makePaidOpinion(provider());
    const page = await pageOf(patient, caseId);
    expect(page).not.toContain("no money has moved");
    expect(page).toContain("€350.00");
    expect(page).toContain(`href="/en/my/cases/${caseId}/orders"`);
  });

  it("tells a stranger nothing of it", async () => {
    const { caseId } = await makePaidOpinion(provider());
    const page = await pageOf(await makePatient(), caseId);
    expect(page).not.toContain("€350.00");
    expect(page).not.toContain("/orders");
  });

  it("says of an order that nobody paid only where it stands", async () => {
    const { patient, caseId } = await makeOrdered();
    const page = await pageOf(patient, caseId);
    expect(page).not.toContain("€350.00");
    expect(page).toContain(`href="/en/my/cases/${caseId}/orders"`);
  });

  it("says that no money moved where nothing was ordered", async () => {
    const patient = await makePatient();
    const { id } = await makeCase({ patient, stage: "triage" });
    expect(await pageOf(patient, id)).toContain("no money has moved");
  });
});
