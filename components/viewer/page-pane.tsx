"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { imagesIn, type Stack } from "@/lib/records/stack";
import { FaultWord } from "./fault-word";
import { usePagePictures } from "./page-pictures";
import type { RoomAct } from "./room-view";
import { Stage } from "./stage";
import type { Pane } from "./viewer-state";

interface PagePaneProps {
  pane: Pane;
  act: (one: RoomAct) => void;
}

/** A photo or a document page by page, drawn on the server for this reader. */
export function PagePane({ pane, act }: PagePaneProps) {
  const t = useTranslations("viewer");
  const { stack, view } = pane;
  const room = useRef<HTMLDivElement>(null);
  const pictures = usePagePictures(sourcesOf(stack), view.frame);
  const source = pictures.here.get(view.frame);
  const place = t("page", { now: view.frame, all: imagesIn(stack) });
  const hands = { act, light: () => undefined, line: () => undefined };
  return (
    <div className="room-pane">
      <Stage room={room} view={view} images={imagesIn(stack)} hands={hands}>
        {source === undefined ? null : (
          <img
            src={source}
            alt={t("picture", { name: stack.files[0]?.name ?? "", place })}
            draggable={false}
            style={{
              transform: `translate(${view.x * 100}%, ${view.y * 100}%) rotate(${view.turns * 90}deg) scale(${view.zoom})`,
              filter: view.isInverted ? "invert(1)" : undefined,
            }}
          />
        )}
      </Stage>
      {pictures.failed.has(view.frame) ? (
        <FaultWord fault="not_here" recordId={stack.key} again={pictures.again} />
      ) : null}
    </div>
  );
}

function sourcesOf(stack: Stack): string[] {
  return Array.from(
    { length: imagesIn(stack) },
    (_, at) => `/api/v1/records/${stack.key}/preview?page=${at + 1}`,
  );
}
