import { describe, expect, it } from "vitest";
import { passesLuhn, testCard } from "@/tools/stripe-sandbox/cards";
import { exponentOf, showAmount } from "@/tools/stripe-sandbox/currencies";
import { parseForm } from "@/tools/stripe-sandbox/form-body";
import { passesIbanCheck } from "@/tools/stripe-sandbox/iban";

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("the form encoding", () => {
  it("nests by brackets", () => {
    expect(plain(parseForm("a=1&m[x]=2&l[0][q]=3&l[1][q]=4&e[]=5&e[]=6&empty="))).toEqual({
      a: "1",
      m: { x: "2" },
      l: [{ q: "3" }, { q: "4" }],
      e: ["5", "6"],
      empty: "",
    });
  });

  it("treats __proto__ as a name like any other", () => {
    parseForm("__proto__[polluted]=yes&constructor[prototype][polluted]=yes");

    expect("polluted" in {}).toBe(false);
  });

  it.each(["[a]=1", "a[=1", "a]b=1", "a=1&a[b]=2", "a[b]=1&a=2", `a${"[b]".repeat(9)}=1`])(
    "refuses %s",
    (encoded) => {
      expect(() => parseForm(encoded)).toThrow();
    },
  );
});

describe("numbers of cards and accounts", () => {
  it.each([
    "4242424242424242",
    "378282246310005",
    "4000002500003155",
    "4000000000000259",
    "3056930009020004",
  ])("knows %s", (number) => {
    expect(passesLuhn(number)).toBe(true);
    expect(testCard(number)).toBeDefined();
  });

  it("finds a slip of the finger", () => {
    expect(passesLuhn("4242424242424241")).toBe(false);
    expect(passesIbanCheck("DE89370400440532013000")).toBe(true);
    expect(passesIbanCheck("DE89370400440532013001")).toBe(false);
  });
});

it("shows as many decimals as the currency has", () => {
  expect([exponentOf("jpy"), exponentOf("eur"), exponentOf("kwd")]).toEqual([0, 2, 3]);
  expect(showAmount(1_234_567, "kwd", "en")).toBe("KWD\u00a01,234.567");
  expect(showAmount(5_000, "jpy", "en")).toBe("JPY\u00a05,000");
});
