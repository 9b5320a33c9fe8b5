import { useTranslations } from "next-intl";
import { treatmentFacts, type TreatmentSlug } from "@/lib/guides/treatment";

const WAYS = {
  transfemoral: "M92 226 C 92 190 96 168 98 150 C 100 122 96 96 108 78 C 112 70 112 84 106 92",
  transapical: "M142 128 L 118 112 L 107 96",
  "femoral-vein": "M84 226 C 84 190 88 166 90 148 C 92 128 90 116 96 106 L 106 104",
  sternotomy: "M104 62 V 124",
  minithoracotomy: "M58 104 Q 70 110 82 106",
} as const;

/** The way in, drawn over the same body each time: one weight of line, the way in teal. */
export function RouteDrawing({ slug }: { slug: TreatmentSlug }) {
  const t = useTranslations("guides.access");
  const { access } = treatmentFacts(slug);
  if (access.length === 0) return null;
  return (
    <figure className="keep">
      <svg
        viewBox="0 0 200 240"
        className="mx-auto w-full max-w-72"
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.5"
        strokeLinecap="round"
        aria-hidden
      >
        <path d="M82 14 a18 20 0 0 0 36 0 M88 30 V42 M112 30 V42" />
        <path d="M88 42 C 70 46 52 50 46 66 C 40 92 38 120 36 150 M112 42 C 130 46 148 50 154 66 C 160 92 162 120 164 150" />
        <path d="M58 84 C 62 120 64 140 60 168 C 56 190 56 210 58 236 M142 84 C 138 120 136 140 140 168 C 144 190 144 210 142 236 M100 192 V236" />
        <path d="M104 82 C 92 76 82 88 88 104 C 92 116 106 124 118 130 C 126 118 128 98 122 88 C 118 80 110 78 104 82 Z" />
        <path d="M104 82 C 104 66 118 62 122 72 M96 80 V66" stroke="var(--edge)" />
        {access.map((route) => (
          <path
            key={route}
            d={WAYS[route]}
            stroke="var(--primary)"
            strokeWidth="3"
            strokeDasharray={route === "sternotomy" ? "5 4" : undefined}
          />
        ))}
      </svg>
      <figcaption className="mt-2 text-center text-sm text-ink-soft">
        {access.map((route) => t(route)).join("; ")}
      </figcaption>
    </figure>
  );
}
