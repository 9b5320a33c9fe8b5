import { useTranslations } from "next-intl";
import { deviceFacts, isDevice } from "@/lib/guides/device";

interface PathWordsProps {
  /** "summary", or "procedures: teer, mitraclip". */
  path: string;
  /** What names the line better than its path: of a doctor the name. */
  name: string | null;
}

/** The place of a change in words: the part of the listing, and what names the line in it. */
export function PathWords({ path, name: known }: PathWordsProps) {
  const treatments = useTranslations("treatments");
  const metrics = useTranslations("clinics.metric");
  const [part = "", name] = path.split(": ");
  const said = name?.split(", ").map((word) => {
    if (isDevice(word)) return deviceFacts(word).name;
    if (metrics.has(word as "other")) return metrics(word as "other");
    return treatments.has(word as "teer") ? treatments(word as "teer") : word;
  });
  return (
    <span>
      <PartWords part={part} />
      {said ? <bdi>{`: ${known ?? said.join(", ")}`}</bdi> : ""}
    </span>
  );
}

export function PartWords({ part }: { part: string }) {
  const t = useTranslations("desk.listings.parts");
  const fields = useTranslations("cabinet.listing.fields");
  const judge = useTranslations("cabinet.judge");
  if (t.has(part as "summary")) return t(part as "summary");
  if (part === "device") return judge("device");
  return fields.has(part as "body") ? fields(part as "body") : part;
}
