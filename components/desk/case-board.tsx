import { useTranslations } from "next-intl";
import { BoardColumns } from "@/components/desk/board-columns";
import type { BoardActions } from "@/components/desk/board-moves";
import { DueClock } from "@/components/desk/due-clock";
import { StepWords, TreatmentWords } from "@/components/desk/step-words";
import { UnreadMark } from "@/components/messages/unread-mark";
import { StateTag } from "@/components/ui/tag";
import { type CaseStage, STAGES } from "@/lib/cases/case";
import type { BoardCard, BoardColumn } from "@/lib/desk/queries/board";

interface CaseBoardProps {
  columns: readonly BoardColumn[];
  now: Date;
  /** The coordinator who looks. */
  meId: string;
  /** Where the cases live: "/en/desk/cases". */
  base: string;
  actions: BoardActions;
}

/** The open cases by stage: one column each, scrolled sideways as a whole. Stands inside the words of `moves`. */
export function CaseBoard({ columns, now, meId, base, actions }: CaseBoardProps) {
  const stages = useTranslations("desk.stages");
  const stageNames = Object.fromEntries(STAGES.map((stage) => [stage, stages(stage)]));
  const views = columns.map(({ stage, count, cards }) => ({
    stage,
    count,
    cards: cards.map((card) => ({
      id: card.id,
      number: card.number,
      stage: card.stage,
      urgent: card.urgent,
      ownerId: card.ownerId,
      ownerName: card.ownerName,
      body: <CardBody card={card} now={now} isMine={card.ownerId === meId} />,
    })),
  }));
  return (
    <BoardColumns
      columns={views}
      stageNames={stageNames as Record<CaseStage, string>}
      meId={meId}
      base={base}
      actions={actions}
    />
  );
}

function CardBody({ card, now, isMine }: { card: BoardCard; now: Date; isMine: boolean }) {
  const t = useTranslations("desk");
  const isHeld = card.holdUntil !== null && card.holdUntil > now;
  return (
    <>
      {card.urgent || card.unread > 0 ? (
        <p className="flex flex-wrap gap-1 py-1">
          {card.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
          <UnreadMark count={card.unread} />
        </p>
      ) : null}
      <p className="truncate">
        <bdi>{card.contactName ?? "–"}</bdi>
      </p>
      <p className="truncate text-ink-soft">
        <TreatmentWords slug={card.treatment} />
      </p>
      <p className="text-ink-soft">
        <StepWords code={card.nextAction} />
      </p>
      <p className="flex items-center justify-between gap-2 pt-0.5">
        <DueClock one={card} now={now} />
        <bdi className="truncate text-ink-soft">
          {isMine ? t("cases.me") : (card.ownerName ?? t("onCall"))}
        </bdi>
      </p>
      {isHeld ? <StateTag>{t("onHold")}</StateTag> : null}
    </>
  );
}
