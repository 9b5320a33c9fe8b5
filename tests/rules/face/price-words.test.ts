import { describe, expect, it } from "vitest";
import { servicesContract, treatmentContract } from "@/lib/bookings/contract-text";
import { accountOf } from "@/lib/payments/bill-account";
import arChanges from "@/locales/ar/changeOrders.json";
import arPapers from "@/locales/ar/documents.json";
import arTally from "@/locales/ar/estimateTally.json";
import arHome from "@/locales/ar/home.json";
import arTrust from "@/locales/ar/trust.json";
import enChanges from "@/locales/en/changeOrders.json";
import enPapers from "@/locales/en/documents.json";
import enTally from "@/locales/en/estimateTally.json";
import enHome from "@/locales/en/home.json";
import enTrust from "@/locales/en/trust.json";

interface Places {
  changes: typeof enChanges;
  papers: typeof enPapers;
  home: typeof enHome;
  trust: typeof enTrust;
}

const english: Places = { changes: enChanges, papers: enPapers, home: enHome, trust: enTrust };
const arabic = { changes: arChanges, papers: arPapers, home: arHome, trust: arTrust };

const placesOf = ({ changes, papers, home, trust }: Places | typeof arabic) => [
  changes.lead,
  papers.estimate.noRise,
  home.promises.price.body,
  JSON.stringify(trust),
];

const contract = {
  ...{ bookingNumber: "B-1", patientName: "Anna", clinicName: "C", clinicLegalName: "C", clinicAddress: "K" },
  ...{ operatorName: "V", treatment: "TEER", treatmentOn: "4 May 2027", currency: "EUR" },
  ...{ contractAMode: "direct" as const, lines: [], totals: { A: "1", B: "2" }, exclusions: [] },
  ...{ paymentTerms: "", cancellationRule: "", plan: [], policyVersion: "1", estimateHash: "h" },
};

describe("what binds the price", () => {
  const rise = /No price rises without a change (you accept|the patient accepts)/;
  const emergency =
    /Only treatment in an emergency, when (you|the patient) cannot be asked, counts without (your|that) yes: once it is proven, and never above the ceiling/;

  it.each([
    ...placesOf(english).map((text, place) => [`place ${place + 1}`, text] as const),
    ["the builder of estimates", enTally.ceilingHint] as const,
    ["contract A", treatmentContract(contract)] as const,
    ["contract B", servicesContract(contract)] as const,
  ])("is said in the same words in %s", (_place, text) => {
    expect(text).toMatch(rise);
    expect(text).toMatch(emergency);
  });

  it.each([...placesOf(arabic), arTally.ceilingHint].map((text, place) => [place + 1, text] as const))(
    "is said in the same Arabic words in place %i",
    (_place, text) => {
      expect(text).toMatch(/لا يرتفع أي سعر من دون تغيير (تقبله أنت|يقبله المريض)/);
      expect(text).toMatch(/وحده العلاج في حالة طارئة .* بعد إثباته، ولا يتجاوز السقف أبدًا/);
    },
  );

  it("is kept by the final account: without a change nothing above the agreed sum is owed, though below the ceiling", () => {
    const agreed = {
      id: "a",
      kind: "treatment",
      label: null,
      quantity: 1,
      agreedMinor: 100n,
      highMinor: 150n,
      isChanged: false,
    };
    const billed = { id: "b", kind: "treatment", wording: "All", quantity: 1, code: null, amountMinor: 140n };
    expect(accountOf([billed], [agreed])).toMatchObject({ owedMinor: 100n, waitingMinor: 40n });
  });
});
