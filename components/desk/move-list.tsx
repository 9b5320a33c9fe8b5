"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import type { CardView } from "@/components/desk/board-moves";
import { Dialog } from "@/components/ui/dialog";
import { keyOf } from "@/components/ui/keys";
import type { CaseStage } from "@/lib/cases/case";
import { type Hindrance, nextTarget, type Target, targetsOf } from "@/lib/desk/board-move";

interface MoveListProps {
  /** The case to move; null while the list is closed. */
  card: CardView | null;
  meId: string;
  stageNames: Readonly<Record<CaseStage, string>>;
  choose: (target: { act: "take" | "move"; to: CaseStage }) => void;
  close: () => void;
}

/** Where a case may go, in the order of the trip; behind it what comes by a deed, and how; the rest in one sentence. */
export function MoveList({ card, meId, stageNames, choose, close }: MoveListProps) {
  const t = useTranslations("moves");
  if (card === null) return null;
  const title = t("listTitle", { number: card.number });
  return (
    <Dialog label={title} open close={close} className="max-w-md">
      <p className="border-b border-line px-4 py-3 font-semibold" aria-hidden>
        {title}
      </p>
      <Stages card={card} meId={meId} stageNames={stageNames} choose={choose} />
    </Dialog>
  );
}

type StagesProps = Omit<MoveListProps, "card" | "close"> & { card: CardView };

function Stages({ card, meId, stageNames, choose }: StagesProps) {
  const t = useTranslations("moves");
  const whyNot = useWhyNot(stageNames);
  const targets = targetsOf(card, meId);
  const open = targets.filter(({ act }) => act !== null);
  const shut = targets.filter(
    ({ hindrance }) => hindrance !== null && hindrance !== "no_way" && hindrance !== "here",
  );
  const isForeign = card.stage !== "submitted" && card.ownerId !== meId;
  const first = isForeign ? null : (nextTarget(targets)?.stage ?? (open[0] ?? shut[0])?.stage);
  return (
    <>
      <div
        role="menu"
        tabIndex={-1}
        onKeyDown={walk}
        aria-label={t("listTitle", { number: card.number })}
        className="p-2"
      >
        {isForeign ? (
          <Item isFirst onChoose={() => choose({ act: "take", to: card.stage })}>
            {card.ownerName === null ? t("take") : t("takeOver", { name: card.ownerName })}
          </Item>
        ) : null}
        {open.map((target) => (
          <Item key={target.stage} isFirst={target.stage === first} onChoose={chooser(target, choose)}>
            {stageNames[target.stage]}
          </Item>
        ))}
        {shut.map((target) => (
          <Item key={target.stage} isFirst={target.stage === first} why={whyNot(target, card)}>
            {stageNames[target.stage]}
          </Item>
        ))}
      </div>
      <p className="border-t border-line px-4 py-3 text-sm text-ink-soft">
        {t("noOther", { stage: stageNames[card.stage] })}
      </p>
    </>
  );
}

function chooser({ act, stage }: Target, choose: MoveListProps["choose"]): () => void {
  return () => {
    if (act !== null) choose({ act, to: stage });
  };
}

interface ItemProps {
  children: string;
  isFirst?: boolean;
  why?: string | null;
  onChoose?: () => void;
}

function Item({ children, isFirst = false, why = null, onChoose }: ItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      data-autofocus={isFirst || undefined}
      aria-disabled={onChoose === undefined || undefined}
      onClick={onChoose}
      className="flex min-h-control w-full flex-col justify-center rounded-md px-3 py-1.5 text-start hover:bg-primary-tint focus:bg-primary-tint aria-disabled:text-ink-soft"
    >
      <span className={onChoose === undefined ? "" : "font-semibold"}>{children}</span>
      {why === null ? null : <span className="text-sm text-ink-soft">{why}</span>}
    </button>
  );
}

/** Up and down go through all of them, also what is not possible: its reason is worth reading. */
function walk(event: KeyboardEvent<HTMLDivElement>) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.findIndex((item) => item === document.activeElement);
  const key = keyOf(event.nativeEvent);
  const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: -1 }[key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

const DEEDS = new Set(["with_centres", "choosing", "contracting", "preparing", "treated"]);

/** Why a card cannot go somewhere, as a sentence; null where it can. */
export function useWhyNot(stageNames: Readonly<Record<CaseStage, string>>) {
  const t = useTranslations("moves.why");
  return ({ stage, hindrance }: Target, card: CardView): string | null => {
    const say: Record<Hindrance, () => string> = {
      here: () => t("here"),
      no_way: () => t("no_way", { stage: stageNames[card.stage] }),
      not_owned: () => t("not_owned"),
      not_yours: () => t("not_yours", { name: card.ownerName ?? "–" }),
      deed: () => t(`deed.${DEEDS.has(stage) ? (stage as "choosing") : "other"}`),
    };
    return hindrance === null ? null : say[hindrance]();
  };
}
