import { describe, expect, it } from "vitest";
import { invoiceBody, type InvoicePaperFacts } from "@/lib/documents/invoice-paper";
import { receiptBody } from "@/lib/documents/receipt";
import type { Locale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";

const day = (text: string) => new Date(`${text}T10:00:00Z`);
const SELLER = {
  ...{
    name: "Valvia GmbH",
    address: "Musterstraße 1\n\n 50667 Köln ",
    vatId: "DE1",
    taxNumber: "",
    register: "",
  },
};
const LINE = {
  ...{ kind: "operator_fee", slice: "papers", rateBp: 1_900, note: "", treatment: "standard" },
  ...{ suppliedAt: day("2026-11-20"), netMinor: 3_278n, taxMinor: 622n, grossMinor: 3_900n },
};
const FACTS: InvoicePaperFacts = {
  ...{ seller: SELLER, buyer: { name: "Samira Haddad", address: [], country: "AE" } },
  bookingNumber: "B-2026-000017",
  ...{
    issuedAt: day("2026-11-22"),
    currency: "EUR",
    lines: [LINE],
    credits: null,
    earlier: null,
    isEnded: false,
  },
};
const bodyOf = (facts: Partial<InvoicePaperFacts>, language: Locale = "en") => {
  const messages = messagesOf(language);
  const wording = { words: messages.invoices.paper, kinds: messages.lineKinds, language };
  return invoiceBody({ ...FACTS, ...facts }, wording);
};

describe("an invoice on paper", () => {
  it("names who sells with address and tax number, who buys and where they live, and each day", () => {
    const { parties, facts } = bodyOf({});
    expect(parties?.map((one) => one.lines)).toEqual([
      ["Valvia GmbH", "Musterstraße 1", "50667 Köln", "VAT number: DE1"],
      ["Samira Haddad", "United Arab Emirates"],
    ]);
    expect(bodyOf({}, "ar").parties?.[1]?.lines[1]).toBe("الإمارات العربية المتحدة");
    const buyer = { name: "Samira", address: [], country: null };
    expect(bodyOf({ buyer }).parties?.[1]?.lines).toEqual(["Samira"]);
    expect(facts).toContainEqual({ label: "Issued on", value: "22 November 2026" });
    expect(facts).toContainEqual({ label: "Done", value: "20 November 2026" });
  });

  it("names the street and the town where the buyer wanted them, between name and country", () => {
    const buyer = { name: "Samira Haddad", address: ["Al Wasl Road 7", "Dubai"], country: "AE" };
    expect(bodyOf({ buyer }).parties?.[1]?.lines).toEqual([
      "Samira Haddad",
      "Al Wasl Road 7",
      "Dubai",
      "United Arab Emirates",
    ]);
  });

  it("says from which day to which it was done where the days differ", () => {
    const lines = [{ ...LINE, suppliedAt: day("2026-11-21") }, LINE];
    expect(bodyOf({ lines }).facts).toContainEqual({
      ...{ label: "Done", value: "20 November 2026 – 21 November 2026" },
    });
  });

  it("shows net, tax and gross of each line, and of all of them", () => {
    const [what] = bodyOf({ lines: [LINE, LINE] }).sections;
    expect(what?.rows[0]?.slice(1)).toEqual(["20 Nov 2026", "€32.78", "19%", "€6.22", "€39.00"]);
    expect(what?.total).toEqual(["In all", "", "€65.56", "", "€12.44", "€78.00"]);
  });
});

describe("an invoice after the end", () => {
  it("says that contract B has ended, counts what was invoiced before, and promises no instalment", () => {
    const earlier = [{ number: "I-1", issuedAt: day("2026-11-20"), grossMinor: 10_000n }];
    const last = JSON.stringify(bodyOf({ isEnded: true, earlier }));
    expect(last).toContain("Contract B has ended.");
    expect(last).toContain("€139.00");
    expect(last).not.toMatch(/instalments/);
    expect(JSON.stringify(bodyOf({ earlier }))).not.toContain("has ended");
  });
});

describe("a credit note on paper", () => {
  const less = { ...LINE, netMinor: -3_278n, taxMinor: -622n, grossMinor: -3_900n };

  it.each(["en", "ar"] as const)("names the invoice it lowers with its day, in %s", (language) => {
    const credits = { number: "I-2026-000012", issuedAt: day("2026-11-21") };
    const { lead, facts, sections } = bodyOf({ credits, lines: [less] }, language);
    const words = messagesOf(language).invoices.paper;
    expect(lead).toContain("I-2026-000012");
    expect(lead).toMatch(/21 .*2026/);
    expect(facts.find((fact) => fact.label === words.lowers)?.value).toMatch(
      /^I-2026-000012 (of|بتاريخ) 21 .*2026$/,
    );
    expect(sections[0]?.heading).toBe(words.takenOff);
  });

  it("claims nothing about money that went back", () => {
    const said = JSON.stringify(
      bodyOf({ credits: { number: "I-1", issuedAt: day("2026-11-21") }, lines: [less] }),
    );
    expect(said).not.toMatch(/went back/);
  });
});

describe("a receipt on paper", () => {
  const facts = {
    ...{ payerName: "Samira Haddad", bookingNumber: "B-1", receivedAt: day("2026-11-22"), method: "card" },
    ...{ kind: "balance", currency: "EUR", amountMinor: 100n, contractAMinor: 100n },
  };

  it("names who took the money, also before anybody has said who sells", () => {
    const linesOf = (seller: typeof SELLER | null) =>
      receiptBody({ ...facts, seller }, messagesOf("en").documents.receipt, "en").parties?.map(
        (one) => one.lines,
      );
    expect(linesOf(SELLER)).toEqual([
      ["Valvia GmbH", "Musterstraße 1", "50667 Köln", "VAT number: DE1"],
      ["Samira Haddad"],
    ]);
    expect(linesOf(null)?.[0]).toEqual(["Valvia"]);
  });
});
