import { useTranslations } from "next-intl";
import type { ConditionSlug } from "@/lib/guides/condition";
import { HeartSection } from "./heart-section";
import type { ValveName } from "./heart-shapes";
import { ValveStates, type ValveState } from "./valve-states";

interface Shown {
  valve: Exclude<ValveName, "pulmonary">;
  ill: Extract<ValveState, "leaking" | "narrowed">;
}

const SHOWN: Readonly<Record<ConditionSlug, Shown>> = {
  "mitral-regurgitation": { valve: "mitral", ill: "leaking" },
  "aortic-stenosis": { valve: "aortic", ill: "narrowed" },
  "aortic-regurgitation": { valve: "aortic", ill: "leaking" },
  "tricuspid-regurgitation": { valve: "tricuspid", ill: "leaking" },
};

export function valveOf(slug: ConditionSlug): ValveName {
  return SHOWN[slug].valve;
}

/** Where the valve lies, and what is different about it, seen from above. */
export function ConditionPictures({ slug }: { slug: ConditionSlug }) {
  const { valve, ill } = SHOWN[slug];
  return (
    <div className="space-y-gap-l">
      <HeartFigure subject={valve} />
      <ValveStates valve={valve} states={["closed", "open", ill]} />
    </div>
  );
}

export function HeartFigure({ subject }: { subject?: ValveName }) {
  const t = useTranslations("pictures.heart");
  return (
    <figure className="keep">
      <HeartSection {...(subject === undefined ? {} : { subject })} />
      <figcaption className="mx-auto mt-3 max-w-prose text-center text-sm text-ink-soft">
        {t("caption")}
      </figcaption>
    </figure>
  );
}
