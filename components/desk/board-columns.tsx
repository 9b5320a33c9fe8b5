"use client";

import { useTranslations } from "next-intl";
import { BoardCard } from "@/components/desk/board-card";
import { BoardColumn, type Landing } from "@/components/desk/board-column";
import { useBoardDrag } from "@/components/desk/board-drag";
import { useBoardHands } from "@/components/desk/board-hands";
import { type BoardActions, type ColumnView, useBoardMoves } from "@/components/desk/board-moves";
import { MoveList, useWhyNot } from "@/components/desk/move-list";
import { useKeys } from "@/components/ui/keys";
import { Told } from "@/components/ui/told";
import type { CaseStage } from "@/lib/cases/case";
import { targetsOf } from "@/lib/desk/board-move";

interface BoardColumnsProps {
  columns: readonly ColumnView[];
  stageNames: Readonly<Record<CaseStage, string>>;
  /** The coordinator who looks. */
  meId: string;
  /** Where the cases live: "/en/desk/cases". */
  base: string;
  actions: BoardActions;
}

/** The board in a reader's hands: cards are walked, dragged and sent on, with mouse and keys alike. */
export function BoardColumns({ columns, stageNames, meId, base, actions }: BoardColumnsProps) {
  const t = useTranslations("moves");
  const whyNot = useWhyNot(stageNames);
  const { shown, deed, note, setNote, send, undo, forget } = useBoardMoves(columns, actions, stageNames);
  const { board, stopId, listed, setListed, dispatch, attempt, press, enter, noteStop } = useBoardHands({
    ...{ shown, meId, send },
    refuse: (card, target) =>
      setNote({ cardId: card.id, message: whyNot(target, card) ?? "", reason: target.hindrance ?? "" }),
  });
  useKeys({ j: enter, k: enter, u: undo });

  const drag = useBoardDrag(shown, (card, stage) =>
    attempt(
      card,
      targetsOf(card, meId).find((one) => one.stage === stage),
    ),
  );
  const landingOf = (stage: CaseStage): Landing | null => {
    const { card, over } = drag;
    const target = card === null ? undefined : targetsOf(card, meId).find((one) => one.stage === stage);
    if (card === null || target === undefined) return null;
    return target.act === null ? { why: whyNot(target, card) ?? "" } : { isOver: over === stage };
  };

  return (
    <>
      <div
        ref={board}
        className="overflow-auto scroll-pt-12 pb-2 md:max-h-dvh"
        role="group"
        aria-label={t("board")}
        tabIndex={-1}
      >
        <div
          role="presentation"
          className="flex w-max gap-gap px-1 pb-1"
          onKeyDown={press}
          onFocus={noteStop}
          {...drag.handlers}
        >
          {shown.map((column) => (
            <BoardColumn
              key={column.stage}
              column={column}
              title={stageNames[column.stage]}
              more={`${base}?stage=${column.stage}`}
              landing={landingOf(column.stage)}
            >
              {column.cards.map((card) => (
                <li key={card.id} data-card={card.id}>
                  <BoardCard
                    card={card}
                    href={`${base}/${card.id}`}
                    note={note?.cardId === card.id ? note : null}
                    isStop={card.id === stopId}
                    openList={() => setListed(card)}
                  />
                </li>
              ))}
            </BoardColumn>
          ))}
        </div>
      </div>
      <MoveList
        card={listed}
        meId={meId}
        stageNames={stageNames}
        close={() => setListed(null)}
        choose={({ act, to }) => {
          setListed(null);
          if (listed !== null) dispatch(listed, act, to);
        }}
      />
      <Told
        closeLabel={t("close")}
        close={forget}
        undo={deed?.undo ? { label: t("undo"), run: undo } : undefined}
      >
        {deed?.message ?? null}
      </Told>
    </>
  );
}
