interface ClockArcProps {
  /** Share of the time that has gone, 0 to 1; more is shown as full and late. */
  gone: number;
  /** Said and shown in words: "2 h left", "3 h late". */
  label: string;
  /** Only the drawing, the label for screen readers. */
  bare?: boolean;
  /** The clock rests: somebody else is to act. Drawn with two bars instead of a hand. */
  paused?: boolean;
}

const AROUND = 2 * Math.PI * 8;

const LOOKS = {
  calm: { colour: "text-primary", sign: null },
  soon: { colour: "text-attention", sign: "M10 6.5V10l2 1.5" },
  late: { colour: "text-danger", sign: "M10 6v5M10 13.5v.01" },
  paused: { colour: "text-ink-soft", sign: "M8 7.5v5M12 7.5v5" },
} as const;

/**
 * A clock as a small arc that fills. What stands in its middle tells the state without colour: nothing while there is
 * time, a hand when it is soon, a call sign when it is late, two bars when it rests.
 */
export function ClockArc({ gone, label, bare = false, paused = false }: ClockArcProps) {
  const share = Math.min(1, Math.max(0, gone));
  const state = gone >= 1 ? "late" : paused ? "paused" : gone >= 0.75 ? "soon" : "calm";
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 sm:whitespace-nowrap">
      <svg
        viewBox="0 0 20 20"
        width="20"
        height="20"
        aria-hidden
        className={`shrink-0 ${LOOKS[state].colour}`}
      >
        <circle cx="10" cy="10" r="8" fill="none" stroke="var(--line)" strokeWidth="3" />
        <circle
          cx="10"
          cy="10"
          r="8"
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeDasharray={`${(share * AROUND).toFixed(2)} ${AROUND.toFixed(2)}`}
          transform="rotate(-90 10 10)"
        />
        {LOOKS[state].sign === null ? null : (
          <path d={LOOKS[state].sign} stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        )}
      </svg>
      <span className={bare ? "sr-only" : "text-sm"}>{label}</span>
    </span>
  );
}
