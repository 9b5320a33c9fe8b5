import { expect, it } from "vitest";
import { treatmentVolume } from "@/lib/clinics/price-range";
import { publishedClinic } from "@/lib/clinics/published";
import { makeListedClinic, ownLanguage, search } from "../../support/listed-clinics";

it("counts a treatment with all its devices in the list as on the page of the centre", async () => {
  const language = ownLanguage();
  const { slug } = await makeListedClinic({
    languages: [language],
    procedures: [
      { treatment: "teer", device: "mitraclip", volume: 110 },
      { treatment: "teer", device: "pascal", volume: 59, expected: 3_500_000n },
      { treatment: "surgical-repair", volume: 40, expected: 4_000_000n },
    ],
  });
  const { items } = await search({ language });
  const centre = await publishedClinic(slug, new Date());
  const year = centre?.procedures[0]?.volumeYear;
  expect(items[0]?.price).toMatchObject({ device: "mitraclip", volume: 169, volumeYear: year });
  expect(treatmentVolume(centre?.procedures ?? [], "teer")).toMatchObject({ count: 169, year });
});
