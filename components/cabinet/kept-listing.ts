import type { SeenDraft } from "@/lib/clinics/listing";

/** What saving while somebody types answers; every sentence is finished. */
export type KeptListing =
  | { kind: "saved"; seen: SeenDraft; message: string; problems: readonly KeptProblem[] }
  /** Somebody else was first; `seen` is the draft as it stands now. */
  | { kind: "overtaken"; seen: SeenDraft; message: string }
  | { kind: "refused"; message: string; problems: readonly KeptProblem[] };

/** A field that could not be saved, and why. */
export interface KeptProblem {
  field: string;
  sentence: string;
}

export type KeepListing = (seen: SeenDraft, parts: string[], form: FormData) => Promise<KeptListing>;
