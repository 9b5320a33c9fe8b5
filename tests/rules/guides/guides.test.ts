import { describe, expect, it } from "vitest";
import emergency from "@/locales/en/emergency.json";
import arabic from "@/locales/ar/guides.json";
import words from "@/locales/en/guides.json";
import { toVerify } from "@/lib/guides/approval";
import { CONDITIONS, treatmentsFor } from "@/lib/guides/condition";
import { COUNTRIES } from "@/lib/guides/country";
import { deviceFacts, DEVICES, devicesFor, isDeviceApproved } from "@/lib/guides/device";
import { EVIDENCE } from "@/lib/guides/evidence";
import { deviceGuideView, treatmentGuideView } from "@/lib/guides/views";
import { publishedCountry, publishedDevice, publishedTreatment } from "@/lib/guides/published";
import { TREATMENTS, treatmentFacts } from "@/lib/guides/treatment";
import { searchWords } from "@/lib/guides/word";

describe("device approvals", () => {
  it("knows the J-Valve as approved in China only", () => {
    expect(isDeviceApproved("j-valve", "CN")).toBe("approved");
    for (const country of ["DE", "US", "TR", "XX"])
      expect(isDeviceApproved("j-valve", country)).toBe("not_approved");
  });

  it("keeps a trial apart from an approval", () => {
    expect(isDeviceApproved("j-valve-tf", "US")).toBe("trial");
    expect(isDeviceApproved("trilogy", "US")).toBe("trial");
    expect(isDeviceApproved("trilogy", "ES")).toBe("approved");
  });

  it("lets a CE mark count in the whole area and nowhere else", () => {
    expect(isDeviceApproved("pascal", "CH")).toBe("approved");
    expect(isDeviceApproved("pascal", "GB")).toBe("not_approved");
    expect(isDeviceApproved("dragonfly", "DE")).toBe("not_approved");
  });

  it("names date and source beside every approval", () => {
    for (const slug of DEVICES) {
      for (const approval of deviceFacts(slug).regulatory) {
        expect(approval.date.length).toBeGreaterThan(3);
        expect(approval.source.length).toBeGreaterThan(3);
      }
    }
  });
});

describe("guides", () => {
  it("tells every treatment and device as its schema says", () => {
    for (const slug of TREATMENTS)
      expect(treatmentGuideView.parse(publishedTreatment(slug)).questions.length).toBeGreaterThan(3);
    for (const slug of DEVICES)
      expect(deviceGuideView.parse(publishedDevice(slug)).clinicalSignOff).toBe("pending");
    for (const code of COUNTRIES) expect(publishedCountry(code)?.ambulance.length).toBeGreaterThan(0);
    expect(publishedTreatment("toString")).toBeNull();
    expect(publishedCountry("XX")).toBeNull();
  });

  it("lists a device only under treatments that share its way in", () => {
    for (const treatment of TREATMENTS) {
      for (const device of devicesFor(treatment)) {
        expect(device.access.some((route) => treatmentFacts(treatment).access.includes(route))).toBe(true);
      }
    }
  });

  it("has words for every evidence card, and tells bad numbers too", () => {
    expect(Object.keys(words.evidence).toSorted()).toEqual(EVIDENCE.map((card) => card.id).toSorted());
    for (const slug of ["teer", "tavi-transfemoral", "tavi-transapical"] as const) {
      expect(
        EVIDENCE.some((card) => card.sobering && (card.treatments as readonly string[]).includes(slug)),
      ).toBe(true);
    }
  });

  it("claims no check that nobody made", () => {
    const coapt = publishedTreatment("teer")?.evidence.find((card) => card.id === "coapt");
    expect(coapt?.toConfirm).toEqual(["people"]);
    for (const code of COUNTRIES) expect(publishedCountry(code)?.checkedOn).toBeNull();
    const unread = new Set(EVIDENCE.flatMap((card) => [...card.unread]));
    expect([...unread].every((fact) => fact in words.label.unread)).toBe(true);
    expect(emergency.table.source).toContain("No person has");
  });

  it("offers more than one way for every condition", () => {
    for (const condition of CONDITIONS) expect(treatmentsFor(condition).length).toBeGreaterThan(2);
  });
});

describe("search words", () => {
  it("folds case and accents, and pairs Chinese signs", () => {
    expect(searchWords("Boğaz ÇINAR Straße")).toEqual(["bogaz", "cinar", "strasse"]);
    expect(searchWords("二尖瓣夹")).toEqual(["二尖", "尖瓣", "瓣夹"]);
    expect(searchWords("TAVI二尖")).toEqual(["tavi", "二尖"]);
  });
});

describe("what the pages say of the facts", () => {
  it("is in English what the interface answers", () => {
    for (const slug of DEVICES) {
      const told: { sizes?: string; sizeSource: string } = words.device[slug];
      const { sizes, sizeSource } = deviceFacts(slug);
      expect((told.sizes ?? "").split("\n").filter(Boolean)).toEqual(
        sizes.map(({ label, fits }) => `${label}: ${fits}`),
      );
      expect(told.sizeSource).toBe(sizeSource);
    }
    for (const slug of TREATMENTS)
      expect(words.treatment[slug].staySource).toBe(treatmentFacts(slug).staySource);
    expect(words.label.generalKnowledge).toBe(toVerify(["EU"])[0]?.source);
    expect(words.label.before.replace("{year}", "2024")).toBe(toVerify(["EU"])[0]?.date);
  });

  it("names every size in Arabic too", () => {
    for (const slug of DEVICES) {
      const told: { sizes?: string; sizeSource: string } = arabic.device[slug];
      const lines = (told.sizes ?? "").split("\n").filter(Boolean);
      expect(lines.map((line) => line.match(/[\d.]+/g)?.join(" "))).toEqual(
        deviceFacts(slug).sizes.map(({ label, fits }) => `${label} ${fits}`.match(/[\d.]+/g)?.join(" ")),
      );
    }
  });
});
