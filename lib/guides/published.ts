import "server-only";
import type { z } from "zod";
import words from "@/locales/en/guides.json";
import names from "@/locales/en/treatments.json";
import { countryFacts, isGuideCountry } from "./country";
import { type DeviceFacts, deviceFacts, DEVICES, devicesFor, isDevice } from "./device";
import { emergencyNumbersOf } from "./emergency";
import { type Evidence, evidenceForDevice, evidenceForTreatment } from "./evidence";
import { isTreatment, TREATMENTS, treatmentFacts, type TreatmentSlug } from "./treatment";
import type {
  countryView,
  deviceGuideView,
  deviceView,
  EvidenceView,
  treatmentGuideView,
  treatmentView,
} from "./views";

/** The guides as the HTTP API tells them, in English. The pages read the same facts with words of their language. */
export function publishedTreatments(): z.input<typeof treatmentView>[] {
  return TREATMENTS.map(treatmentOf);
}

export function publishedTreatment(slug: string): z.input<typeof treatmentGuideView> | null {
  if (!isTreatment(slug)) return null;
  const { lead: _lead, short: _short, question, ...texts } = words.treatment[slug];
  return {
    ...treatmentOf(slug),
    ...texts,
    questions: Object.values(question),
    evidence: evidenceForTreatment(slug).map(evidenceOf),
    clinicalSignOff: "pending",
  };
}

export function publishedDevices(): z.input<typeof deviceView>[] {
  return DEVICES.map((slug) => copyOf(deviceFacts(slug)));
}

export function publishedDevice(slug: string): z.input<typeof deviceGuideView> | null {
  if (!isDevice(slug)) return null;
  const { how, watch } = words.device[slug];
  return {
    ...copyOf(deviceFacts(slug)),
    how,
    watch,
    evidence: evidenceForDevice(slug).map(evidenceOf),
    clinicalSignOff: "pending",
  };
}

export function publishedCountry(code: string): z.input<typeof countryView> | null {
  const upper = code.toUpperCase();
  if (!isGuideCountry(upper)) return null;
  const { languages, ...facts } = countryFacts(upper);
  return {
    ...facts,
    languages: [...languages],
    checkedOn: null,
    ambulance: [...(emergencyNumbersOf(upper) ?? [])],
    ...words.country[upper],
  };
}

function treatmentOf(slug: TreatmentSlug): z.input<typeof treatmentView> {
  const facts = treatmentFacts(slug);
  return {
    slug,
    name: names[slug],
    lead: words.treatment[slug].lead,
    valves: [...facts.valves],
    approach: facts.approach,
    access: [...facts.access],
    conditions: [...facts.conditions],
    devices: devicesFor(slug).map((device) => device.slug),
    hospitalDays: facts.hospitalDays && [...facts.hospitalDays],
    nearbyDays: facts.nearbyDays && [...facts.nearbyDays],
    staySource: facts.staySource,
  };
}

function copyOf(device: DeviceFacts): z.input<typeof deviceView> {
  const { treatments, access, indications, sizes, regulatory } = device;
  return {
    ...device,
    treatments: [...treatments],
    access: [...access],
    indications: [...indications],
    sizes: [...sizes],
    regulatory: [...regulatory],
  };
}

function evidenceOf(card: Evidence): EvidenceView {
  const { id, study, n, followUpMonths, year, source, paper, unread, sobering } = card;
  const finding = words.evidence[id];
  return { id, study, finding, n, followUpMonths, year, source, paper, toConfirm: [...unread], sobering };
}
