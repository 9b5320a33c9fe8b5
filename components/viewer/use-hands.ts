"use client";

import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from "react";
import type { Point } from "@/lib/records/pixel-calibration";
import type { RoomAct, RoomView } from "./room-view";

export interface Hands {
  act: (one: RoomAct) => void;
  /** Drags the window by shares of the room. */
  light: (across: number, down: number) => void;
  /** Draws a line, from where the drag began to where it is; points of the room, its middle being the nought. */
  line: (from: Point, to: Point, isNew: boolean) => void;
}

const STEP_PX = 12;
const WHEEL_PX = 40;
const SECONDARY = 2;

/** What fingers, mouse and wheel do over a picture. Two fingers always bring closer and move. */
export function useHands(room: RefObject<HTMLElement | null>, view: RoomView, images: number, hands: Hands) {
  const fingers = useRef(new Map<number, Point>());
  const begun = useRef<{ from: Point; isDrawn: boolean; left: number; isLight: boolean } | null>(null);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    const by = Math.sign(event.deltaY);
    if (event.ctrlKey) {
      event.preventDefault();
      return hands.act({ act: "zoom", by: by > 0 ? 1 / 1.1 : 1.1 });
    }
    const next = view.frame + by;
    // At both ends the page goes on.
    if (images < 2 || next < 1 || next > images || Math.abs(event.deltaY) < 1) return;
    event.preventDefault();
    const turned = (begun.current?.left ?? 0) + event.deltaY;
    hands.act({ act: "step", by: Math.trunc(turned / WHEEL_PX) || by });
  });
  useEffect(() => {
    const stage = room.current;
    const hear = (event: WheelEvent) => onWheel(event);
    stage?.addEventListener("wheel", hear, { passive: false });
    return () => stage?.removeEventListener("wheel", hear);
  }, [room]);

  const drag = (event: PointerEvent<HTMLElement>, before: Point, now: Point) => {
    const { width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(now.x - before.x) / width, (now.y - before.y) / height];
    const start = begun.current;
    if (start?.isLight || view.tool === "light") return hands.light(x, y);
    if (view.tool === "move") return view.zoom > 1 ? hands.act({ act: "move", x, y }) : undefined;
    if (!start) return;
    if (view.tool === "measure") {
      hands.line(inRoom(event, start.from), inRoom(event, now), !start.isDrawn);
      start.isDrawn = true;
      return;
    }
    start.left += now.y - before.y;
    const steps = Math.trunc(start.left / STEP_PX);
    start.left -= steps * STEP_PX;
    if (steps !== 0) hands.act({ act: "step", by: steps });
  };

  const lift = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId);
    begun.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const at = { x: event.clientX, y: event.clientY };
      fingers.current.set(event.pointerId, at);
      const isLight = event.button === SECONDARY;
      begun.current = { from: at, isDrawn: false, left: 0, isLight };
      if (view.zoom > 1 || view.tool !== "move" || isLight)
        event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = fingers.current.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
      fingers.current.set(event.pointerId, now);
      if (!other) return drag(event, before, now);
      const { width, height } = event.currentTarget.getBoundingClientRect();
      hands.act({ act: "zoom", by: apart(now, other) / Math.max(1, apart(before, other)) });
      hands.act({ act: "move", x: (now.x - before.x) / width / 2, y: (now.y - before.y) / height / 2 });
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onPointerLeave: lift,
    onDoubleClick: () => hands.act(view.zoom > 1 ? { act: "fit" } : { act: "zoom", by: 2 }),
    onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
  };
}

function inRoom({ currentTarget }: PointerEvent<HTMLElement>, { x, y }: Point): Point {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return { x: x - left - width / 2, y: y - top - height / 2 };
}

function apart(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
