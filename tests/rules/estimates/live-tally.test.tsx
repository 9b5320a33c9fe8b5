import { NextIntlClientProvider, useLocale } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { useTallyWords } from "@/components/estimates/estimate-builder";
import { LiveTally } from "@/components/estimates/live-tally";
import { FormContext } from "@/components/ui/form-context";
import { IDLE, type FormState } from "@/components/ui/form-state";
import { messagesOf } from "@/i18n/messages";

const line = (contract: "A" | "B", expected: string, more: object = {}) => ({
  ...{ contract, low: "", expected, high: "", optional: false },
  ...more,
});
const FIRST = {
  currency: "EUR",
  lines: [
    line("A", "30000", { low: "28000", high: "36000" }),
    line("B", "2400"),
    line("B", "90", { optional: true }),
  ],
};

function Tally({ first, mode }: { first: typeof FIRST; mode: "direct" | "held_by_operator" }) {
  const terms = { contractAMode: mode, prepaymentBp: 1_000 };
  return <LiveTally first={first} terms={terms} words={useTallyWords()} locale={useLocale()} />;
}

interface Shown {
  first?: typeof FIRST;
  mode?: "direct" | "held_by_operator";
  state?: FormState;
  locale?: "en" | "ar";
}

/** What somebody without scripts reads. */
function shown({ first = FIRST, mode = "held_by_operator", state = IDLE, locale = "en" }: Shown): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <FormContext value={state}>
        <Tally first={first} mode={mode} />
      </FormContext>
    </NextIntlClientProvider>,
  )
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
}

describe("the totals of the builder", () => {
  it("are there when it opens: each contract, all, the ceilings, and the plan that adds up", () => {
    const text = shown({});
    expect(text).toContain(
      "Contract A, with the hospital Low: €28,000.00 Expected: €30,000.00 High: €36,000.00",
    );
    expect(text).toContain("Contract B, with us Low: €2,400.00 Expected: €2,400.00 High: €2,400.00");
    expect(text).toContain("Required lines Low: €30,400.00 Expected: €32,400.00 High: €38,400.00");
    expect(text).toContain("With everything optional Low: €30,490.00");
    expect(text).toContain("Ceiling of contract A €36,000.00");
    expect(text).toContain("Deposit, when signing €3,480.00");
    expect(text).toContain("Balance, contract B €1,920.00 Balance, contract A €27,000.00");
    expect(text).toContain("Together: the expected total €32,400.00");
  });

  it("say what a hospital paid directly is paid, and no row of optional lines where there are none", () => {
    const text = shown({ mode: "direct", first: { currency: "EUR", lines: FIRST.lines.slice(0, 2) } });
    expect(text).toContain(
      "To the hospital, on its own invoice €30,000.00 Together: the expected total €32,400.00",
    );
    expect(text).not.toContain("optional");
  });

  it("are those of what was typed when the form came back refused, in the currency it was sent in", () => {
    const values = {
      ...{ currency: "KWD", "lines.0.contract": "A", "lines.0.expected": "١٢٫٣٤٥" },
      ...{ "lines.1.contract": "B", "lines.1.expected": "dear", "lines.2.contract": "B" },
    };
    const text = shown({ state: { status: "refused", message: "No.", values } });
    expect(text).toContain("Required lines Low: KWD 12.345");
    expect(text).toContain("a sum is missing or cannot be read: Line 2, Line 3");
    expect(
      shown({ state: { status: "refused", message: "No.", values: { ...values, currency: "JPY" } } }),
    ).toContain("cannot be read: Line 1, Line 2, Line 3");
  });

  it("are told in Arabic, in a currency without decimals too", () => {
    const text = shown({ locale: "ar", first: { currency: "JPY", lines: [line("A", "1200000")] } });
    expect(text).toContain("سقف العقد (أ)");
    expect(text).toMatch(/1,200,000/);
    expect(text).not.toMatch(/1,200,000\.00/);
    expect(text).not.toMatch(/[A-Za-z]{3,}\s[a-z]/);
  });

  it("name sums that fall", () => {
    const lines = [line("A", "5"), line("A", "5", { low: "9", high: "9" })];
    expect(shown({ first: { currency: "EUR", lines } })).toContain("must rise: Line 2");
  });
});
