"use client";

import { EcgPane } from "./ecg-pane";
import { FramePane } from "./frame-pane";
import type { FileFacts } from "./messages";
import { PagePane } from "./page-pane";
import type { RoomAct } from "./room-view";
import { VideoPane } from "./video-pane";
import type { Line, Pane } from "./viewer-state";

/** What may be done to a pane. */
export interface PaneActs {
  act: (one: RoomAct) => void;
  line: (line: Line) => void;
  erase: (id: number) => void;
  facts: (facts: FileFacts) => void;
}

export interface PaneProps {
  pane: Pane;
  does: PaneActs;
  /** Whether distances may be drawn. */
  aids: boolean;
  hasCorners: boolean;
  /** How long one image stands while it plays. */
  playMs: number;
}

/** What a stack is shown by. */
export function PaneBody(props: PaneProps) {
  const { kind, key } = props.pane.stack;
  if (kind === "curves") return <EcgPane key={key} stack={props.pane.stack} />;
  if (kind === "pages") return <PagePane key={key} pane={props.pane} act={props.does.act} />;
  return kind === "video" ? (
    <VideoPane key={key} stack={props.pane.stack} />
  ) : (
    <FramePane key={key} {...props} />
  );
}
