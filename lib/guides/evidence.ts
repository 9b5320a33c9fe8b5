import type { DeviceSlug } from "./device";
import { AORTIC_EVIDENCE } from "./aortic-evidence";
import { MITRAL_EVIDENCE } from "./mitral-evidence";
import type { TreatmentSlug } from "./treatment";

/** Facts of a card that may stand there unread. */
export type UnreadFact = "people" | "followUp" | "year";

/** One published result. What it found stands in the catalogue of words under `guides.evidence.<id>`. */
export interface EvidenceCard {
  id: string;
  study: string;
  /** Patients in the study; null where the source gives a guideline's summary of several. */
  n: number | null;
  /** Null where it does not apply. */
  followUpMonths: number | null;
  year: number;
  /** Where the figures of the finding were read. */
  source: string;
  /** Where the study itself can be read; null where nobody has looked it up. */
  paper: { name: string; url: string } | null;
  /** Facts of this card that nobody has compared with the study yet; the page says so beside them. */
  unread: readonly UnreadFact[];
  treatments: readonly TreatmentSlug[];
  devices: readonly DeviceSlug[];
  /** A result that speaks against, or a harm counted: shown as openly as the others. */
  sobering: boolean;
}

export const EVIDENCE = [...MITRAL_EVIDENCE, ...AORTIC_EVIDENCE] as const satisfies readonly EvidenceCard[];

export type EvidenceId = (typeof EVIDENCE)[number]["id"];

export type Evidence = (typeof EVIDENCE)[number];

/** Results that are one count of people, of a hundred: what was counted stands under `guides.drawn.<id>`. */
export const DRAWN = {
  "expand-g4": 2,
  "coapt-five-years": 74,
  "dragonfly-dmr": 5,
  trami: 20,
  "mitral-repair": 1,
  "triscend-ii": 15,
  "tavi-all-comers": 3,
  "tavi-second-valve": 10,
  "align-ar": 8,
  "surgery-germany": 2,
} as const satisfies Partial<Record<EvidenceId, number>>;

export type DrawnId = keyof typeof DRAWN;

export function isDrawn(id: EvidenceId): id is DrawnId {
  return Object.hasOwn(DRAWN, id);
}

export function evidenceForTreatment(treatment: TreatmentSlug): Evidence[] {
  return EVIDENCE.filter((card) => (card.treatments as readonly string[]).includes(treatment));
}

export function evidenceForDevice(device: DeviceSlug): Evidence[] {
  return EVIDENCE.filter((card) => (card.devices as readonly string[]).includes(device));
}
