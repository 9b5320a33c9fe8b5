import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { LineTemplateForm } from "@/components/cabinet/line-template-form";
import { PriceImport } from "@/components/cabinet/price-import";
import { PaymentPlan } from "@/components/estimates/payment-plan";
import { TemplateChoice } from "@/components/estimates/template-choice";
import { estimatePlansView } from "@/lib/logistics/views/estimate-plan";
import common from "@/locales/en/common.json";
import desk from "@/locales/en/desk.json";
import estimatePlan from "@/locales/en/estimatePlan.json";
import journey from "@/locales/en/journey.json";
import lineTemplates from "@/locales/en/lineTemplates.json";
import planItems from "@/locales/en/planItems.json";
import sheets from "@/locales/en/sheets.json";

// A form knows the page it stands on, and no page is open here.
vi.mock("next/navigation", async (real) => ({
  ...(await real<object>()),
  usePathname: () => "/en/cabinet/prices",
  useRouter: () => ({ refresh: () => undefined }),
}));

const messages = { common, desk, estimatePlan, journey, lineTemplates, planItems, sheets };
const read = (node: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      {node}
    </NextIntlClientProvider>,
  );

describe("a form that takes a sheet", () => {
  it("sends the chosen price list under its name, XLSX or CSV", () => {
    const words = { file: "File", dryRun: "Dry run", import: "Import", tooLarge: "Too large" };
    const act = () => Promise.resolve({ tone: "info" as const, message: "", faults: [] });
    const [input] =
      /<input[^>]*type="file"[^>]*>/.exec(read(<PriceImport words={words} action={act} />)) ?? [];
    expect(input).toContain('name="sheet"');
    expect(input).toContain(".xlsx,.csv");
  });

  it("shows a template as it is typed, with no choice of our contract, and names the columns of a sheet", () => {
    const line = {
      ...{ contract: "A" as const, kind: "stay", label: "Ward", quantity: "3", unit: "night", device: "" },
      ...{ low: "900", expected: "1200", high: "2400", cause: "Length of stay", optional: true },
    };
    const text = read(
      <LineTemplateForm
        start={{ currency: "EUR", lines: [line] }}
        country="DE"
        action={() => Promise.resolve({ status: "done" })}
        read={() => Promise.resolve({ lines: [], message: "", faults: [] })}
        writerId="m"
      />,
    );
    expect(text).toContain('value="Length of stay"');
    expect(text).toContain('<option value="A"');
    expect(text).not.toContain('<option value="B"');
    expect(text).toContain(
      "contract, kind, label, quantity, unit, low, expected, high, cause, optional, device",
    );
  });
});

describe("what lines begin with", () => {
  const templates = [
    { id: "new", savedAt: new Date("2026-11-05T00:00:00Z") },
    { id: "old", savedAt: new Date("2026-10-01T00:00:00Z") },
  ];
  const choice = (chosen: string, all = templates) =>
    read(
      <TemplateChoice
        templates={all}
        chosen={chosen}
        hasList
        hrefOf={(id) => `/lines?template=${id}`}
        locale="en"
      />,
    );

  it("is said, and what else they could begin with stands as links", () => {
    expect(choice("new")).toContain("begin with: the centre&#x27;s template of 5 Nov 2026");
    expect(choice("new")).toContain('href="/lines?template=old"');
    expect(choice("new")).toContain('href="/lines?template=none"');
    expect(choice("none")).toContain("begin with: the published price list");
    expect(choice("none", [])).toContain("has saved no template");
  });
});

describe("the payment plan on the page", () => {
  const line = (id: string, contract: "A" | "B", expectedMinor: bigint, optional = false) => ({
    ...{ id, contract, expectedMinor, optional },
  });
  const lines = [line("t", "A", 3_000_000n), line("f", "B", 240_000n), line("h", "B", 50_000n, true)];
  const shown = (contractAMode: "direct" | "held_by_operator", sentTerms: unknown = null) =>
    read(
      <PaymentPlan
        plans={estimatePlansView({
          id: "e",
          currency: "EUR",
          lines,
          clinic: { contractAMode, prepaymentBp: 1_000 },
          sentTerms,
        })}
        locale="en"
      />,
    );

  it("says how much is due when, of which contract, and what choices would add", () => {
    const text = shown("held_by_operator");
    expect(text).toContain("Deposit, when you sign");
    expect(text).toContain("10% of what is with the hospital: €3,000.00");
    expect(text).toContain("20% of what is with us: €480.00");
    expect(text).toContain("Balance, 14 days before the treatment");
    expect(text).toContain("comes back within 5 days");
    expect(text).toContain("€32,900.00 are paid here instead of €32,400.00");
  });

  it("is reckoned by the terms of sending, and says when others hold today and whether it can still be booked", () => {
    const terms = { version: "1", depositBp: 2_500, balanceDaysBefore: 21, prepaymentBp: 1_000 };
    const text = shown("held_by_operator", { ...terms, contractAMode: "held_by_operator" });
    expect(text).toContain("10% of what is with the hospital: €3,000.00");
    expect(text).toContain("25% of what is with us: €600.00");
    expect(text).toContain("Balance, 21 days before the treatment");
    expect(text).toContain("when this estimate was sent");
    expect(text).toContain("the terms of payment have changed for new estimates");
    const over = shown("direct", { ...terms, contractAMode: "held_by_operator" });
    expect(over).toContain("No day can be held for it");
    expect(over).not.toContain("for new estimates");
    expect(shown("direct")).not.toContain("have changed");
  });

  it("says that a hospital paid directly is paid on its own invoice, and asks nothing of it here", () => {
    const text = shown("direct");
    expect(text).toContain("To the hospital, not here");
    expect(text).toContain("€30,000.00");
    expect(text).not.toContain("of what is with the hospital");
  });
});
