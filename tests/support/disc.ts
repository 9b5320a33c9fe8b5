import { dicomFile, element, sequence } from "@/prisma/seed/files/elements";

const DICOMDIR_CLASS = "1.2.840.10008.1.3.10";

/** The index of a disc: each file by its path in parts and by its own UID. */
export function makeDiscIndex(files: readonly { path: string; instanceUid?: string }[]): Buffer {
  const records = files.map(({ path, instanceUid }) => [
    element(0x00041430, "CS", "IMAGE"),
    element(0x00041500, "CS", path.replaceAll("/", "\\")),
    ...(instanceUid === undefined ? [] : [element(0x00041511, "UI", instanceUid)]),
  ]);
  const elements = [element(0x00041130, "CS", "DISC"), sequence(0x00041220, records)];
  return dicomFile({ sopClass: DICOMDIR_CLASS, instance: "2.25.271828", elements });
}
