interface ClockArcProps {
  /** Share of the time that has gone, 0 to 1; more is shown as full and late. */
  gone: number;
  /** Said and shown in words: "2 h left", "3 h late". */
  label: string;
  /** Only the drawing, the label for screen readers. */
  bare?: boolean;
}

const AROUND = 2 * Math.PI * 8;

/** A clock as a small arc that fills; from three quarters amber, when full red with a stroke through it. */
export function ClockArc({ gone, label, bare = false }: ClockArcProps) {
  const share = Math.min(1, Math.max(0, gone));
  const colour = gone >= 1 ? "text-danger" : gone >= 0.75 ? "text-attention" : "text-primary";
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden className={`shrink-0 ${colour}`}>
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
        {gone >= 1 ? (
          <path d="M10 6v5M10 13.5v.01" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        ) : null}
      </svg>
      <span className={bare ? "sr-only" : "text-sm"}>{label}</span>
    </span>
  );
}
