import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CASE_SECTIONS, sectionOf } from "@/components/cases/case-sections";

const HOME = join(import.meta.dirname, "../../../app/(app)/[locale]/my/cases/[id]");
const base = "/en/my/cases/0190";

/** Every page below a case, as it stands in the tree. */
const pages = readdirSync(HOME, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("page.tsx"))
  .map((path) => path.replace(/\/?page\.tsx$/, "").replaceAll(/\[\w+\]/g, "0191"));

describe("the bar of a case", () => {
  it.each(pages)("marks one section on the page '%s'", (page) => {
    const section = sectionOf(page ? `${base}/${page}` : base, base);
    expect(CASE_SECTIONS).toContain(section);
  });

  it("has a page for each of its links", () => {
    for (const section of CASE_SECTIONS) expect(pages).toContain(section === "overview" ? "" : section);
  });

  it("leads from a second opinion to the centres and from a payment to the booking", () => {
    expect(sectionOf(`${base}/orders`, base)).toBe("clinics");
    expect(sectionOf(`${base}/payment`, base)).toBe("booking");
    expect(sectionOf(`${base}/booking/refund`, base)).toBe("booking");
  });

  it("marks none where the address is no page of the case", () => {
    for (const path of [`${base}/overview`, `${base}/toString`, `${base}9/records`, "/en/my", `${base}/`])
      expect(sectionOf(path, base)).toBeNull();
  });
});
