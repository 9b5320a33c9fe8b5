import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { RETURN_COOKIE } from "@/lib/kernel/return-cookie";
import { proxy } from "@/proxy";

const CASE = "my/cases/0199-case";

function arrive(path: string, left?: string) {
  const headers = new Headers(left === undefined ? [] : [["cookie", `${RETURN_COOKIE}=${left}`]]);
  const answer = proxy(new NextRequest(`http://valvia.test${path}`, { headers }));
  const to = answer.headers.get("location");
  return { to: to && to.replace("http://valvia.test", ""), isForgotten: forgets(answer) };
}

const forgets = (answer: ReturnType<typeof proxy>) => {
  const kept = answer.cookies.get(RETURN_COOKIE);
  return kept !== undefined && kept.value === "";
};

describe("whoever comes back from a payment page", () => {
  it.each([
    [`/en/${CASE}/payment?session=cs_1`, `/ar/${CASE}/payment?session=cs_1`],
    [`/en/${CASE}/booking?from=checkout`, `/ar/${CASE}/booking?from=checkout`],
    [`/en/${CASE}/orders?from=checkout`, `/ar/${CASE}/orders?from=checkout`],
  ])("by %s goes on in the language they left in, once", (path, to) => {
    expect(arrive(path, "ar")).toEqual({ to, isForgotten: true });
  });

  it("stays where the page is in their language already, and may choose another afterwards", () => {
    expect(arrive(`/ar/${CASE}/payment?session=cs_1`, "ar")).toEqual({ to: null, isForgotten: true });
    expect(arrive(`/en/${CASE}/payment?session=cs_1`)).toEqual({ to: null, isForgotten: false });
  });

  it("is told from whoever opens these pages otherwise", () => {
    for (const path of [`/en/${CASE}/booking`, `/en/${CASE}/payment`, `/en/${CASE}?from=checkout`, "/en/my"])
      expect(arrive(path, "ar")).toEqual({ to: null, isForgotten: false });
  });

  it("is not led by a language that is none of ours", () => {
    for (const left of ["fr", "evil.test", "%2F%2Fevil.test"])
      expect(arrive(`/en/${CASE}/booking?from=checkout`, left)).toEqual({ to: null, isForgotten: false });
  });
});
