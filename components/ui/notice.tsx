import type { ReactNode } from "react";

export type NoticeTone = "info" | "attention" | "danger" | "good";

const TONES: Readonly<Record<NoticeTone, string>> = {
  info: "border-primary bg-primary-tint",
  attention: "border-attention bg-attention-tint",
  danger: "border-danger bg-danger-tint",
  good: "border-good bg-good-tint",
};

const SIGNS: Readonly<Record<NoticeTone, { colour: string; path: string }>> = {
  info: { colour: "text-primary", path: "M12 11v6M12 7.5v.01M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z" },
  attention: { colour: "text-attention", path: "M12 9.5v4.5M12 17v.01M12 3.5L2.5 20h19z" },
  danger: { colour: "text-danger", path: "M12 7v6M12 16.5v.01M8 3h8l5 5v8l-5 5H8l-5-5V8z" },
  good: { colour: "text-good", path: "M7.5 12.5l3 3l6-7M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z" },
};

interface NoticeProps {
  tone?: NoticeTone;
  title?: ReactNode;
  /** Read aloud when it appears: only for what came after the page. */
  live?: boolean;
  children: ReactNode;
}

/** A sentence that must not be missed. The sign has a shape of its own for each tone, so colour is never alone. */
export function Notice({ tone = "info", title, live = false, children }: NoticeProps) {
  const role = live ? (tone === "danger" ? "alert" : "status") : undefined;
  return (
    <div role={role} className={`flex gap-3 rounded-md border border-s-4 p-4 ${TONES[tone]}`}>
      <Sign tone={tone} />
      <div className="min-w-0 space-y-1 wrap-anywhere">
        {title === undefined ? null : <p className="font-semibold">{title}</p>}
        <div className="space-y-2">{children}</div>
      </div>
    </div>
  );
}

export function Sign({ tone }: { tone: NoticeTone }) {
  const sign = SIGNS[tone];
  return (
    <svg
      viewBox="0 0 24 24"
      width="1.35em"
      height="1.35em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      className={`mt-[0.1em] shrink-0 ${sign.colour}`}
    >
      <path d={sign.path} />
    </svg>
  );
}
