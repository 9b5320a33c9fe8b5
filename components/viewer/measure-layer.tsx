"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent, PointerEvent } from "react";
import { lengthOf, type Point } from "@/lib/records/pixel-calibration";
import { useLengthWords } from "./length-words";
import type { FileFacts } from "./messages";
import type { RoomView } from "./room-view";
import { onPicture, type Scene, toPicture, toRoom } from "./view-geometry";
import type { Line } from "./viewer-state";

interface MeasureLayerProps {
  scene: Scene;
  view: RoomView;
  lines: readonly Line[];
  facts: FileFacts;
  change: (line: Line) => void;
  erase: (id: number) => void;
}

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const LARGE_STEP = 10;
/** Room that the words of a distance take. */
const WORD_PX = 170;

function isNearEdge(x: number, roomWidth: number): boolean {
  return x > roomWidth / 2 - WORD_PX;
}

/** Distances over the picture. Both ends can be dragged, or moved by the arrows; Delete takes the line away. */
export function MeasureLayer({ scene, view, lines, facts, change, erase }: MeasureLayerProps) {
  const t = useTranslations("viewer");
  const words = useLengthWords();
  const { roomWidth, roomHeight } = scene;
  const move = (line: Line, end: "from" | "to", to: Point) =>
    change({ ...line, [end]: onPicture(scene, to) });
  const onKey = (event: KeyboardEvent, line: Line, end: "from" | "to") => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      event.stopPropagation();
      return erase(line.id);
    }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? LARGE_STEP : 1;
    move(line, end, { x: line[end].x + step.x * by, y: line[end].y + step.y * by });
  };
  const onDrag = (event: PointerEvent<SVGElement>, line: Line, end: "from" | "to") => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    event.stopPropagation();
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (!box) return;
    const at = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
    move(line, end, toPicture(scene, view, at));
  };
  return (
    <svg
      className="room-lines"
      viewBox={`${-roomWidth / 2} ${-roomHeight / 2} ${roomWidth} ${roomHeight}`}
      role="group"
      aria-label={t("measurements")}
    >
      {lines.map((line, at) => {
        const ends = { from: toRoom(scene, view, line.from), to: toRoom(scene, view, line.to) };
        const length = words(lengthOf(facts.calibration, line.from, line.to));
        return (
          <g key={line.id}>
            <line
              x1={ends.from.x}
              y1={ends.from.y}
              x2={ends.to.x}
              y2={ends.to.y}
              className="room-line-dark"
            />
            <line x1={ends.from.x} y1={ends.from.y} x2={ends.to.x} y2={ends.to.y} className="room-line" />
            {(["from", "to"] as const).map((end) => (
              <circle
                key={end}
                cx={ends[end].x}
                cy={ends[end].y}
                r="9"
                tabIndex={0}
                role="button"
                aria-label={t(end === "from" ? "lineBegin" : "lineEnd", { number: at + 1, length })}
                className="room-line-end"
                onKeyDown={(event) => onKey(event, line, end)}
                onPointerDown={(event) => {
                  event.stopPropagation();
                  event.currentTarget.setPointerCapture(event.pointerId);
                }}
                onPointerMove={(event) => onDrag(event, line, end)}
              />
            ))}
            <text
              x={ends.to.x + (isNearEdge(ends.to.x, roomWidth) ? -12 : 12)}
              y={ends.to.y - 12}
              textAnchor={isNearEdge(ends.to.x, roomWidth) ? "end" : "start"}
              className="room-line-word"
            >
              {length}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
