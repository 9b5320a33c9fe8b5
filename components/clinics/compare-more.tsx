import { useTranslations } from "next-intl";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { COMPARED_MAX } from "@/lib/clinics/comparison";
import type { FoundClinic } from "@/lib/clinics/views/catalogue";
import { compareAddress } from "./compare-address";
import type { ComparedIn } from "./compared-rows";

interface CompareMoreProps {
  slugs: readonly string[];
  /** Centres with the same treatment, best ranked first. */
  others: readonly FoundClinic[];
  compared: ComparedIn;
}

const OFFERED = 3;

/** While there is room for one more: who else offers the same treatment, each one link away. */
export function CompareMore({ slugs, others, compared }: CompareMoreProps) {
  const t = useTranslations("clinics.compare");
  const offered = others.filter((other) => !slugs.includes(other.slug)).slice(0, OFFERED);
  if (slugs.length >= COMPARED_MAX || offered.length === 0) return null;
  return (
    <section aria-labelledby="more-centres" className="no-print">
      <h2 id="more-centres" className="mb-2 text-base font-semibold font-sans!">
        {t("add")}
      </h2>
      <ul className="flex flex-wrap gap-2">
        {offered.map((other) => (
          <li key={other.slug} className="max-w-full">
            <PlainLinkButton
              href={compareAddress(compared, [...slugs, other.slug])}
              className="max-w-full font-normal"
            >
              <span aria-hidden>+</span>
              <bdi className="min-w-0 wrap-anywhere">{other.name}</bdi>
            </PlainLinkButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
