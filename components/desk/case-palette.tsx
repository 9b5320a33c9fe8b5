import { useTranslations } from "next-intl";
import { type PaletteAct, PaletteActs } from "@/components/shell/palette-acts";
import type { FormAction } from "@/components/ui/form-state";
import type { CaseFacts } from "@/lib/cases/case-facts";
import { targetsOf } from "@/lib/desk/board-move";

interface CasePaletteProps {
  facts: CaseFacts;
  /** The coordinator who looks. */
  meId: string;
  tabs: readonly { href: string; label: string }[];
  /** Null for whom it is not to take. */
  take: FormAction | null;
  move: FormAction;
}

/** What can be done with the case at hand, for the command palette: take it, send it on, open its parts. */
export function CasePalette({ facts, meId, tabs, take, move }: CasePaletteProps) {
  const t = useTranslations("desk");
  const moves = targetsOf(facts, meId).filter(({ act }) => act === "move");
  const acts: PaletteAct[] = [
    ...(take === null ? [] : [{ id: "take", label: t("case.take"), send: { action: take } }]),
    ...moves.map(({ stage }) => ({
      id: `move-${stage}`,
      label: t("case.moveOn", { stage: t(`stages.${stage}`) }),
      send: { action: move, fields: { to: stage } },
    })),
    ...tabs.map(({ href, label }) => ({ id: href, label, href })),
  ];
  return <PaletteActs heading={facts.number} acts={acts} />;
}
