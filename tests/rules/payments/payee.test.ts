import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clinicKey,
  isAccountNumber,
  payeeOfRelease,
  plainNumber,
  spacedNumber,
  supplierKey,
} from "@/lib/payments/payee";
import { payeeAccountForm } from "@/lib/payments/payee-form";

const IBANS = ["DE89370400440532013000", "GB82WEST12345698765432", "TR330006100519786457841326"];

describe("the number of an account", () => {
  it("is an IBAN with right check digits, however it was typed", () => {
    for (const iban of IBANS) {
      expect(isAccountNumber(iban)).toBe(true);
      expect(plainNumber(spacedNumber(iban).toLowerCase())).toBe(iban);
    }
    expect(spacedNumber("DE89370400440532013000")).toBe("DE89 3704 0044 0532 0130 00");
  });

  it("is refused when one character of an IBAN is another, or two neighbours changed places", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...IBANS),
        fc.nat({ max: 40 }),
        fc.integer({ min: 0, max: 9 }),
        (iban, at, digit) => {
          // The country and the check digits may make no IBAN of it at all, and then a plain number.
          const place = 4 + (at % (iban.length - 4));
          const other = `${iban.slice(0, place)}${digit}${iban.slice(place + 1)}`;
          expect(isAccountNumber(other)).toBe(other === iban);
          const [one = "", two = ""] = iban.slice(place - 1, place + 1);
          if (place < 5 || one === two) return;
          expect(isAccountNumber(`${iban.slice(0, place - 1)}${two}${one}${iban.slice(place + 1)}`)).toBe(
            false,
          );
        },
      ),
    );
  });

  it("may be a plain number where there is no IBAN, and never words", () => {
    expect(["001234567", "12-345-678", "ACC12345"].map(isAccountNumber)).toEqual([true, true, true]);
    expect(["", "123", "DE", "none", "TEL 1", "DE8937040044"].map(isAccountNumber)).not.toContain(true);
  });
});

describe("an account as it is written down", () => {
  const typed = { holder: "Rides GmbH", number: "de89 3704 0044 0532 0130 00", source: "Invoice" };

  it("is kept as banks write it, with or without a BIC", () => {
    expect(payeeAccountForm.parse({ ...typed, bic: "" })).toEqual({
      ...typed,
      number: "DE89370400440532013000",
      bic: undefined,
    });
    expect(payeeAccountForm.parse({ ...typed, bic: "cobadeff370" }).bic).toBe("COBADEFF370");
  });

  it("is refused without a holder, without a source, or with a BIC that is none", () => {
    for (const wrong of [
      { holder: " " },
      { source: "" },
      { bic: "12" },
      { number: "DE00370400440532013000" },
    ])
      expect(payeeAccountForm.safeParse({ ...typed, ...wrong }).success).toBe(false);
  });
});

describe("who a release goes to", () => {
  it("is the centre or the supplier that is known, whatever somebody wrote", () => {
    const known = { payee: "Rides", payeeKey: supplierKey("7") };
    expect(payeeOfRelease(known, "Somebody else")).toEqual(known);
    expect(clinicKey("7")).not.toBe(supplierKey("7"));
  });

  it("is whoever somebody named where nobody is known, by the same name the same, and nobody without one", () => {
    const nobody = { payee: "", payeeKey: "" };
    expect(payeeOfRelease(nobody, " Hotel Rhein ")).toEqual({
      payee: "Hotel Rhein",
      payeeKey: "name:hotel rhein",
    });
    expect(payeeOfRelease(nobody, "HOTEL rhein")?.payeeKey).toBe("name:hotel rhein");
    expect(payeeOfRelease(nobody, "  ")).toBeNull();
    expect(payeeOfRelease(nobody, undefined)).toBeNull();
  });
});
