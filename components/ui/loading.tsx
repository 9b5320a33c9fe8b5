import { ValveMark } from "@/components/ui/valve-mark";

/** A slow beat and a sentence, read aloud once. */
export function Loading({ label }: { label: string }) {
  return (
    <div role="status" className="flex flex-col items-center gap-gap py-gap-xl text-ink-soft">
      <span className="text-primary">
        <ValveMark size={72} beats />
      </span>
      <p>{label}</p>
    </div>
  );
}
