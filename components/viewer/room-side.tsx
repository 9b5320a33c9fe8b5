"use client";

import { useTranslations } from "next-intl";
import type { Dispatch } from "react";
import { imagesIn, type StackGroup } from "@/lib/records/stack";
import { FilmBar } from "./film-bar";
import { PaneBody } from "./pane";
import type { RoomAct } from "./room-view";
import { StackChoice } from "./stack-choice";
import type { ViewerAct, ViewerState } from "./viewer-state";

interface RoomSideProps {
  /** Which pane. */
  at: number;
  state: ViewerState;
  dispatch: Dispatch<ViewerAct>;
  groups: readonly StackGroup[];
  aids: boolean;
  hasCorners: boolean;
  speed: { factor: number; set: (factor: number) => void };
}

/** How long an image stands whose file tells no speed. */
const USUAL_MS = 100;

/** One pane with what belongs to it alone: what it shows, its warning, its slider. */
export function RoomSide({ at, state, dispatch, groups, aids, hasCorners, speed }: RoomSideProps) {
  const t = useTranslations("viewer");
  const pane = state.panes[at];
  if (!pane) return null;
  const { stack } = pane;
  const isCompared = state.panes.length > 1;
  const images = imagesIn(stack);
  const act = (change: RoomAct) => dispatch({ act: "view", pane: at, change });
  const wake = () => (state.active === at ? undefined : dispatch({ act: "activate", pane: at }));
  return (
    <div
      className="room-side"
      data-active={isCompared && at === state.active ? "" : undefined}
      onPointerDownCapture={wake}
      onFocusCapture={wake}
    >
      {isCompared ? (
        <StackChoice
          groups={groups}
          chosen={stack}
          side={at}
          choose={(one) => dispatch({ act: "choose", pane: at, stack: one })}
        />
      ) : null}
      <PaneBody
        pane={pane}
        aids={aids}
        hasCorners={hasCorners}
        playMs={(pane.facts?.frameMs ?? stack.frameMs ?? USUAL_MS) / speed.factor}
        does={{
          act,
          line: (line) => dispatch({ act: "line", pane: at, line }),
          erase: (line) => dispatch({ act: "erase", pane: at, line }),
          facts: (facts) => dispatch({ act: "facts", pane: at, facts }),
        }}
      />
      <p className="room-warning">{t("notPrimary")}</p>
      {images > 1 ? <FilmBar pane={pane} act={act} speed={stack.kind === "frames" ? speed : null} /> : null}
    </div>
  );
}
