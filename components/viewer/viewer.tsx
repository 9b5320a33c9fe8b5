"use client";

import { useTranslations } from "next-intl";
import { useReducer, useRef, useState } from "react";
import type { StackGroup } from "@/lib/records/stack";
import { KeyList } from "./key-list";
import { RoomBar } from "./room-bar";
import { RoomSide } from "./room-side";
import { actOfKey, stackActOfKey } from "./room-view";
import { StackList } from "./stack-list";
import { ToolBar } from "./tool-bar";
import { useIdle } from "./use-idle";
import { useRoomKeys } from "./use-room-keys";
import { firstState, middleLine, stateAfter, type ViewerAct, type ViewerState } from "./viewer-state";

interface ViewerProps {
  groups: readonly StackGroup[];
  /** The file this page is about. */
  recordId: string;
  /** Which image of it, from 1. */
  frame: number;
  /** Where the pages of the other files lie: "/en/my/cases/…/records". */
  base: string;
  /** Whether distances may be measured here. */
  aids: boolean;
}

/** A black room with one stack of images, or two beside each other, and the list of all that can be shown. */
export function Viewer({ groups, recordId, frame, base, aids }: ViewerProps) {
  const first = firstState(groups, recordId, frame);
  return (
    <div className="viewer">
      <div className="viewer-places">
        {first ? <Room first={first} groups={groups} aids={aids} /> : null}
        <StackList groups={groups} base={base} recordId={recordId} />
      </div>
    </div>
  );
}

interface RoomProps {
  first: ViewerState;
  groups: readonly StackGroup[];
  aids: boolean;
}

/** What steers it fades when nobody moves. */
function Room({ first, groups, aids }: RoomProps) {
  const t = useTranslations("viewer");
  const [state, dispatch] = useReducer(stateAfter, first);
  const room = useRef<HTMLElement>(null);
  const [isIdle, wake] = useIdle(room);
  const [speed, setSpeed] = useState(1);
  const [hasCorners, setCorners] = useState(true);
  const [hasKeys, setKeys] = useState(false);
  const { panes, active } = state;
  const pane = panes[active];
  const act = (change: Extract<ViewerAct, { act: "view" }>["change"]) =>
    dispatch({ act: "view", pane: active, change });
  useRoomKeys(room, (pressed, isInside) => {
    wake();
    const { key } = pressed;
    if (key === "f") return void fill(room.current);
    if (key === "o") return setCorners((before) => !before);
    if (key === "h") return setKeys((before) => !before);
    const wanted = actOfKey(pressed) ?? (isInside ? stackActOfKey(pressed) : null);
    if (wanted === null || (wanted.act === "tool" && wanted.tool === "measure" && !aids)) return;
    pressed.take();
    act(wanted);
  });
  if (!pane) return null;
  const name = panes[0]?.stack.files[0]?.name ?? "";
  const line = middleLine(pane);
  return (
    <section ref={room} aria-label={t("room", { name })} data-idle={isIdle ? "" : undefined} className="room">
      <div className="room-panes" data-two={panes.length > 1 ? "" : undefined}>
        {panes.map((_, at) => (
          <RoomSide
            key={at}
            at={at}
            state={state}
            dispatch={dispatch}
            groups={groups}
            aids={aids}
            hasCorners={hasCorners}
            speed={{ factor: speed, set: setSpeed }}
          />
        ))}
      </div>
      <div className="room-controls" role="group" aria-label={t("controls")}>
        <ToolBar
          pane={pane}
          act={act}
          aids={aids}
          eraseAll={pane.lines.length > 0 ? () => dispatch({ act: "erase", pane: active, line: null }) : null}
          addLine={() => (line ? dispatch({ act: "line", pane: active, line }) : undefined)}
        >
          <RoomBar
            state={state}
            dispatch={dispatch}
            groups={groups}
            corners={{ isOn: hasCorners, toggle: () => setCorners(!hasCorners) }}
            keys={{ isOn: hasKeys, toggle: () => setKeys(!hasKeys) }}
            fill={() => void fill(room.current)}
          />
        </ToolBar>
      </div>
      {hasKeys ? <KeyList aids={aids} /> : null}
    </section>
  );
}

function fill(room: HTMLElement | null): Promise<void> | undefined {
  return document.fullscreenElement ? document.exitFullscreen() : room?.requestFullscreen?.();
}
