import { useTranslations } from "next-intl";
import { Steps } from "@/components/ui/steps";
import { STAGES } from "@/lib/cases/case";

interface CasePathProps {
  stage: (typeof STAGES)[number];
  /** Who acts next and by when; null when nobody is waited for. */
  next: string | null;
}

const PATH = STAGES.slice(1, 13);

/** The signature drawing of a case: its stages down a line, the one it is in, who acts next and by when. */
export function CasePath({ stage, next }: CasePathProps) {
  const t = useTranslations("my.overview");
  const stages = useTranslations("stages");
  const now = PATH.indexOf(stage);
  const steps = PATH.map((each, index) => {
    const state: "done" | "now" | "later" =
      index < now || stage === "closed" ? "done" : index === now ? "now" : "later";
    return {
      key: each,
      title: stages(each),
      state,
      stateLabel: t(state),
      ...(state === "now" && next ? { who: next } : {}),
    };
  });
  return <Steps label={t("path")} steps={steps} />;
}
