import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contractBody } from "@/lib/documents/contract-paper";
import { invoiceBody } from "@/lib/documents/invoice-paper";
import { frameWords, type PaperBody, paperOf } from "@/lib/documents/paper";
import { priceChangeBody } from "@/lib/documents/price-change-paper";
import { renderPdf } from "@/lib/infra/pdf";
import type { Locale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";
import { pagesOf } from "../../support/pdf";

const NOW = new Date("2026-11-20T10:00:00Z");

function setOf(body: PaperBody, language: Locale) {
  const issue = { language, label: "V-2026-1", checkCode: "ABCDEFGHJKLM", appUrl: "https://valvia.example" };
  const pdf = renderPdf(
    "paper",
    paperOf(body, issue, frameWords(messagesOf(language).documents.frame, true)),
    NOW,
  );
  if (process.env["KEEP"]) writeFileSync(`${process.env["KEEP"]}-${language}-${body.title.length}.pdf`, pdf);
  return pagesOf(pdf);
}

describe("a signed contract on paper", () => {
  it.each([3, 14, 22])("has its evidence on a page of its own, behind %i clauses", async (clauses) => {
    const sentence =
      "The hospital treats the patient as the estimate says, and nothing is added unasked. ".repeat(6);
    const text = [
      "Contract A",
      ...Array.from({ length: clauses }, (_, n) => `${n + 1}. Clause\n${sentence}`),
    ];
    const words = messagesOf("en").documents.contract;
    const body = contractBody(
      {
        ...{ kind: "A", title: "Contract A", bookingNumber: "B-1", text: text.join("\n\n"), moves: [] },
        ...{ textVersion: "1", textHash: "a".repeat(64), signedName: "Samira Haddad", signedAt: "today" },
        countersigned: null,
      },
      words,
    );
    const pages = await setOf(body, "en");
    const proof = pages.findIndex((page) => page.some(({ text: one }) => one.includes("Samira Haddad")));
    expect(proof).toBeGreaterThan(0);
    expect(pages[proof]?.[0]?.text).toBe(words.evidence);
    expect(pages.filter((page) => page.some(({ text: one }) => one === words.evidence))).toHaveLength(1);
    expect(pages[proof]?.map(({ text: one }) => one).join(" ")).toContain("ABCD");
  });
});

describe("a change on paper", () => {
  const cause = "Two more nights on the ward because of a fever after the procedure, at 450 euros each night";
  const bodyIn = (language: Locale) =>
    priceChangeBody(
      {
        ...{ contract: "A", bookingNumber: "B-1", version: 1, reason: "longer_stay", explanation: "Fever." },
        ...{ currency: "EUR", fromMinor: 3_000_000n, toMinor: 3_090_000n, ceilingMinor: 4_000_000n },
        hash: "b".repeat(64),
        lines: [
          { name: "Stay", fromMinor: 100_000n, toMinor: 190_000n, cause },
          { name: "Work-up", fromMinor: 5_000n, toMinor: 5_100n, cause: "Short" },
        ],
        answer: { kind: "agreed", name: "Samira Haddad", at: "today", isAboveCeiling: false },
      },
      messagesOf(language).changeOrders,
      language,
    );
  const placeOf = async (language: Locale, words: string) =>
    (await setOf(bodyIn(language), language)).flat().findLast(({ text }) => text.startsWith(words));

  it("is headed by its contract, and by no letter of the form behind", async () => {
    for (const language of ["en", "ar"] as const) {
      const body = bodyIn(language);
      expect(body.title).not.toMatch(/[{}]/);
      expect(body.title).toContain(messagesOf(language).changeOrders.paper.letters.A);
    }
  });

  it("begins every reason where its column begins, from the left or from the right", async () => {
    const [heading, long, short] = await Promise.all(
      [messagesOf("en").changeOrders.cause, "Two more nights", "Short"].map((words) => placeOf("en", words)),
    );
    expect(long?.left).toBeCloseTo(heading?.left ?? 0, 0);
    expect(short?.left).toBeCloseTo(heading?.left ?? 0, 0);
    const arabic = await placeOf("ar", messagesOf("ar").changeOrders.cause);
    const reason = await placeOf("ar", "Short");
    expect(reason?.right).toBeCloseTo(arabic?.right ?? 0, 0);
  });
});

describe("an invoice on paper", () => {
  const line = {
    ...{ kind: "operator_fee", slice: "papers", rateBp: 1_900, note: "", treatment: "standard" },
    ...{ suppliedAt: NOW, netMinor: -3_278n, taxMinor: -622n, grossMinor: -3_900n },
  };
  const bodyIn = (language: Locale) =>
    invoiceBody(
      {
        seller: {
          ...{ name: "Valvia GmbH", address: "Musterstraße 1\n50667 Köln", vatId: "DE000000000" },
          ...{ taxNumber: "", register: "HRB 0" },
        },
        buyer: { name: "Samira Haddad", address: ["شارع الوصل 7", "دبي"], country: "AE" },
        bookingNumber: "B-2026-000017",
        ...{
          issuedAt: NOW,
          currency: "EUR",
          lines: [line, { ...line, kind: "transfer_arrival", slice: null }],
        },
        ...{ credits: { number: "I-2026-000012", issuedAt: NOW }, earlier: null, isEnded: false },
      },
      { words: messagesOf(language).invoices.paper, kinds: messagesOf(language).lineKinds, language },
    );

  it.each(["en", "ar"] as const)("spreads its sums evenly over the paper, in %s", async (language) => {
    const [page = []] = await setOf(bodyIn(language), language);
    const ends = ["32.78", "6.22", "39.00"].map((sum) => {
      const cell = page.find(({ text }) => text.includes(sum));
      return (language === "en" ? cell?.right : 595 - (cell?.left ?? 0)) ?? 0;
    });
    const [net = 0, tax = 0, gross = 0] = ends;
    expect(net).toBeLessThan(595 * 0.65);
    expect(gross - tax).toBeGreaterThan(50);
    expect(tax - net).toBeGreaterThan(50);
  });
});
