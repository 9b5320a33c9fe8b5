"use client";

import { type PointerEvent, useEffect, useRef, useState } from "react";
import type { RoomAct, RoomView } from "@/components/records/room-view";

interface RoomPictureProps {
  /** Nothing while it is on its way: the picture before stays. */
  source: string | undefined;
  alt: string;
  view: RoomView;
  act: (one: RoomAct) => void;
  onFail: () => void;
}

interface Point {
  x: number;
  y: number;
}

/** The picture, moved by hand: two fingers bring it closer, one pushes it about, a double tap shows it whole. */
export function RoomPicture({ source, alt, view, act, onFail }: RoomPictureProps) {
  const image = useRef<HTMLImageElement>(null);
  const fingers = useRef(new Map<number, Point>());
  const [shown, setShown] = useState(source);
  if (source !== undefined && source !== shown) setShown(source);

  useEffect(() => {
    // The picture the page came with may have failed before this code arrived; then nobody heard.
    if (image.current?.complete && image.current.naturalWidth === 0) onFail();
  }, [onFail]);

  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    if (other) return act({ act: "zoom", by: apart(now, other) / Math.max(1, apart(before, other)) });
    const { width, height } = event.currentTarget.getBoundingClientRect();
    if (view.zoom > 1) act({ act: "move", x: (now.x - before.x) / width, y: (now.y - before.y) / height });
  };
  const lift = (event: PointerEvent) => fingers.current.delete(event.pointerId);

  return (
    <div
      className="room-stage"
      data-close={view.zoom > 1 ? "" : undefined}
      onPointerDown={(event) => {
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (view.zoom > 1) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onMove}
      onPointerUp={lift}
      onPointerCancel={lift}
      onPointerLeave={lift}
      onDoubleClick={() => act(view.zoom > 1 ? { act: "fit" } : { act: "zoom", by: 2 })}
    >
      <img
        ref={image}
        src={shown}
        alt={alt}
        draggable={false}
        onError={onFail}
        style={{
          transform: `translate(${view.x * 100}%, ${view.y * 100}%) scale(${view.zoom}) rotate(${view.turns * 90}deg)`,
          filter: view.isInverted ? "invert(1)" : undefined,
        }}
      />
    </div>
  );
}

function apart(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
