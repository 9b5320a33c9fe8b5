import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newRecoveryCode, readCode } from "@/lib/people/recovery-code";

const ARABIC = "٠١٢٣٤٥٦٧٨٩";
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";

describe("a recovery code", () => {
  it("is read back however it is typed", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Array.from({ length: 50 }, newRecoveryCode)), (code) => {
        const plain = code.replace("-", "");
        const wanted = { kind: "recovery", code: plain };
        expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
        for (const typed of [code, plain, code.toUpperCase(), ` ${code.replace("-", " – ")} `])
          expect(readCode(typed)).toEqual(wanted);
        expect(readCode(plain.replaceAll("0", "O").replaceAll("1", "l"))).toEqual(wanted);
      }),
    );
  });

  it("is another one each time", () => {
    expect(new Set(Array.from({ length: 1_000 }, newRecoveryCode)).size).toBe(1_000);
  });

  it("is short enough for the field the API has", () => {
    expect(newRecoveryCode().length).toBeLessThanOrEqual(12);
  });
});

describe("the code of an app", () => {
  it("is read with spaces, and in Arabic and Persian digits", () => {
    const wanted = { kind: "app", code: "012345" };
    const inScript = (digits: string) => digits.slice(0, 6);
    for (const typed of ["012345", " 012 345 ", inScript(ARABIC), inScript(PERSIAN), "\u2066012345\u2069"])
      expect(readCode(typed)).toEqual(wanted);
  });

  it("is nothing else", () => {
    for (const typed of ["", "12345", "1234567", "k3p9x-7hq2", "k3p9x-7hq2mm", "k3p9x-7hq2u", "'; --"])
      expect(readCode(typed)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void readCode(text)));
  });
});
