import { describe, expect, it } from "vitest";
import { procedureFault } from "@/lib/clinics/listing";
import { COUNTRIES } from "@/lib/guides/country";
import { HOUSE_TERMS } from "@/lib/estimates/house-terms";
import { Chance } from "@/prisma/seed/chance";
import { DEMO_CLINICS, PAYMENT_TERMS } from "@/prisma/seed/data/clinics";
import { DEMO_COUNTRIES } from "@/prisma/seed/data/places";
import { demoDoctors } from "@/prisma/seed/doctors";

describe("the demo world", () => {
  it("offers a device only where it is approved and only for its treatment", () => {
    for (const { slug, country, offers } of DEMO_CLINICS) {
      for (const offer of offers) {
        const [treatment = "", device] = offer.split(":");
        expect([slug, offer, procedureFault({ treatment, device: device ?? null }, country)]).toEqual([
          slug,
          offer,
          null,
        ]);
      }
      expect(new Set(offers).size).toBe(offers.length);
    }
  });

  it("has 36 centres with names of their own in every country of the guides", () => {
    expect(new Set(DEMO_CLINICS.map((clinic) => clinic.slug)).size).toBe(36);
    expect(new Set(DEMO_CLINICS.map((clinic) => clinic.country))).toEqual(new Set(COUNTRIES));
    expect(Object.keys(DEMO_COUNTRIES).toSorted()).toEqual(COUNTRIES.toSorted());
  });

  it("gives no two doctors of a country the same name, and no doctor abroad a German title", () => {
    const named = new Set<string>();
    const doctors = DEMO_CLINICS.flatMap((demo) => {
      const country = DEMO_COUNTRIES[demo.country];
      if (!country) throw new Error(`No country ${demo.country}.`);
      const treatments = demo.offers.map((offer) => offer.split(":")[0] ?? "");
      return demoDoctors("id", demo, country, treatments, new Chance(demo.slug), "2026-01-01", named).map(
        (doctor) => ({ ...doctor, country: demo.country }),
      );
    });
    expect(new Set(doctors.map(({ country, name }) => `${country} ${name}`)).size).toBe(doctors.length);
    const abroad = doctors.filter((doctor) => doctor.country !== "DE");
    expect(abroad.filter((doctor) => doctor.title.includes("med."))).toEqual([]);
  });

  it("names the day of the balance as the plan does", () => {
    expect(PAYMENT_TERMS).toContain(`the balance ${HOUSE_TERMS.balanceDaysBefore} days before the treatment`);
  });

  it("throws the same dice every time", () => {
    const at = new Date("2026-01-01T00:00:00Z");
    const [one, other] = [new Chance("a"), new Chance("a")];
    expect([one.next(), one.id(at)]).toEqual([other.next(), other.id(at)]);
    expect(one.id(at)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
