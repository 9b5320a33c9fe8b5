import type { ReactNode } from "react";
import { Sign } from "@/components/ui/notice";
import type { NoticeTone } from "@/components/ui/notice";

/** A plain word in a frame: a device, an access route, a language. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-block rounded-md border border-line bg-card px-2 py-0.5 text-sm sm:in-data-[density=dense]:whitespace-nowrap">
      {children}
    </span>
  );
}

const GROUNDS: Readonly<Record<NoticeTone | "still", string>> = {
  still: "border-line text-ink-soft",
  info: "border-primary/40 bg-primary-tint",
  attention: "border-attention/40 bg-attention-tint",
  danger: "border-danger/40 bg-danger-tint",
  good: "border-good/40 bg-good-tint",
};

/** A state in words; the sign in front tells the tone without colour. `still` has none: nothing to do. */
export function StateTag({ tone = "still", children }: { tone?: NoticeTone | "still"; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-md border px-2 py-0.5 text-sm font-semibold sm:in-data-[density=dense]:whitespace-nowrap ${GROUNDS[tone]}`}
    >
      {tone === "still" ? null : <Sign tone={tone} />}
      {children}
    </span>
  );
}
