import { useTranslations } from "next-intl";
import { StateTag } from "@/components/ui/tag";
import type { RecordState } from "@/lib/records/record";

const TONES = {
  uploading: "still",
  scanning: "still",
  readable: "info",
  unreadable: "attention",
  infected: "danger",
  accepted: "good",
  rejected: "attention",
  unpacking: "still",
  unpacked: "still",
} as const satisfies Record<RecordState, string>;

/** How far a file is, or several at once: then with their number. */
export function RecordTag({ state, count }: { state: RecordState; count?: number }) {
  const t = useTranslations("records.states");
  return (
    <StateTag tone={TONES[state]}>
      {count === undefined ? "" : `${count} · `}
      {t(state)}
    </StateTag>
  );
}
