"use client";

import { type ReactNode, type RefObject, useEffect, useState } from "react";
import type { Hands } from "./use-hands";
import { useHands } from "./use-hands";
import type { RoomView } from "./room-view";

export interface RoomSize {
  roomWidth: number;
  roomHeight: number;
}

interface StageProps {
  room: RefObject<HTMLDivElement | null>;
  view: RoomView;
  images: number;
  hands: Hands;
  children: ReactNode;
}

/** The dark place a picture lies in, and what hands do there. */
export function Stage({ room, view, images, hands, children }: StageProps) {
  const on = useHands(room, view, images, hands);
  const isHeld = view.zoom > 1 || view.tool !== "move";
  return (
    <div
      ref={room}
      className="room-stage"
      data-close={view.zoom > 1 && view.tool === "move" ? "" : undefined}
      data-tool={view.tool}
      data-held={isHeld ? "" : undefined}
      {...on}
    >
      {children}
    </div>
  );
}

/** How large the room is, and stays told when it changes. */
export function useRoomSize(room: RefObject<HTMLElement | null>): RoomSize {
  const [size, setSize] = useState<RoomSize>({ roomWidth: 0, roomHeight: 0 });
  useEffect(() => {
    const stage = room.current;
    if (!stage) return;
    const look = () => setSize({ roomWidth: stage.clientWidth, roomHeight: stage.clientHeight });
    const watcher = new ResizeObserver(look);
    watcher.observe(stage);
    look();
    return () => watcher.disconnect();
  }, [room]);
  return size;
}
