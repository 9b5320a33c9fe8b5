import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base32, codeOf, keyAddress, stepAt, stepOf } from "@/lib/people/one-time-code";

const SECRET = new TextEncoder().encode("12345678901234567890");
const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });
const moments = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1_000);

describe("a code of an authenticator app", () => {
  // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  it.each([
    ["1970-01-01T00:00:59Z", "287082"],
    ["2005-03-18T01:58:29Z", "081804"],
    ["2005-03-18T01:58:31Z", "050471"],
    ["2009-02-13T23:31:30Z", "005924"],
    ["2033-05-18T03:33:20Z", "279037"],
    ["2603-10-11T11:33:20Z", "353130"],
  ])("is at %s what RFC 6238 says: %s", (at, code) => {
    expect(codeOf(SECRET, stepAt(new Date(at)))).toBe(code);
  });

  // RFC 4226, appendix D.
  it("is for the counters 0 to 9 what RFC 4226 says", () => {
    const codes = Array.from({ length: 10 }, (_, step) => codeOf(SECRET, step));
    const told = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489";
    expect(codes.join(" ")).toBe(told);
  });

  it("fits half a minute early and half a minute late, and names the step it belongs to", () => {
    fc.assert(
      fc.property(secrets, moments, fc.constantFrom(-1, 0, 1), (secret, now, apart) => {
        const step = stepAt(now) + apart;
        const found = stepOf(secret, codeOf(secret, step), now);
        // Two steps may share a code, once in a million: the later one is named.
        expect(found === null ? null : codeOf(secret, found)).toBe(codeOf(secret, step));
        expect(Math.abs((found ?? 0) - stepAt(now))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("fits neither a minute and a half early nor late", () => {
    fc.assert(
      fc.property(secrets, moments, fc.constantFrom(-90, 90), (secret, now, seconds) => {
        const code = codeOf(secret, stepAt(now));
        const then = later(now, seconds);
        const near = [-1, 0, 1].map((apart) => codeOf(secret, stepAt(then) + apart));
        fc.pre(!near.includes(code));
        expect(stepOf(secret, code, then)).toBeNull();
      }),
    );
  });

  it("has nothing to do with another length or with letters", () => {
    const now = new Date("2026-11-02T10:00:00Z");
    const code = codeOf(SECRET, stepAt(now));
    for (const typed of ["", code.slice(1), `${code}0`, "abcdef"])
      expect(stepOf(SECRET, typed, now)).toBeNull();
  });
});

describe("the key of an app", () => {
  // RFC 4648, section 10, without padding.
  it.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("writes %j as %s", (text, written) => {
    expect(base32(new TextEncoder().encode(text))).toBe(written);
  });

  it("stands in an address apps understand, whatever the mail address", () => {
    const address = new URL(keyAddress("a+b&c=d@example.test", SECRET));
    expect(address.protocol).toBe("otpauth:");
    expect(address.searchParams.get("secret")).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(address.searchParams.get("issuer")).toBe("Valvia");
    expect(decodeURIComponent(address.pathname)).toContain("Valvia:a+b&c=d@example.test");
  });
});
