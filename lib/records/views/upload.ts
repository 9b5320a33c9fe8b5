import { z } from "zod";

/** A file that was asked about by its content. */
export const knownFileView = z.object({
  sha256: z.string(),
  sizeBytes: z.number(),
  state: z.enum(["here", "begun"]).describe("The case holds it whole, or this person began to send it."),
  upload: z.string().nullable().describe("Where to go on with one that was begun."),
});
export type KnownFile = z.infer<typeof knownFileView>;

export const knownFilesView = z.object({ items: z.array(knownFileView), next: z.null() });
