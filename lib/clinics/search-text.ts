import { cityNamesOf } from "@/lib/guides/city";
import { deviceFacts, isDevice } from "@/lib/guides/device";
import { HEART_WORDS, TREATMENT_SYNONYMS } from "@/lib/guides/synonym";
import { isTreatment } from "@/lib/guides/treatment";
import { searchWords } from "@/lib/guides/word";

const LANGUAGES = ["en", "de", "zh", "ru", "ar"] as const;

export interface SearchedListing {
  name: string;
  city: string;
  country: string;
  procedures: readonly { treatment: string; device: string | null }[];
  doctors: readonly string[];
}

/** Every word a centre may be found by, in five languages, ready for the search index. */
export function searchTextOf(listing: SearchedListing): string {
  const treatments = [...new Set(listing.procedures.map((procedure) => procedure.treatment))];
  const devices = [...new Set(listing.procedures.flatMap((procedure) => procedure.device ?? []))];
  const texts = [
    listing.name,
    listing.city,
    cityNamesOf(listing.city),
    ...HEART_WORDS,
    ...LANGUAGES.map((language) => countryName(listing.country, language)),
    ...treatments.flatMap((slug) => (isTreatment(slug) ? TREATMENT_SYNONYMS[slug] : [])),
    ...devices.flatMap((slug) =>
      isDevice(slug) ? [deviceFacts(slug).name, slug, deviceFacts(slug).maker] : [],
    ),
    ...listing.doctors,
  ];
  return searchWords(texts.join(" ")).join(" ");
}

function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;
}
