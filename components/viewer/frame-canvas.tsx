"use client";

import { useLayoutEffect, useRef } from "react";
import { layMarks } from "@/lib/records/pixel-overlay";
import { type Light, shade, usualRange, wholeRange } from "@/lib/records/pixel-window";
import type { ShownFrame } from "./frame-store";
import type { RoomView } from "./room-view";
import { type Scene, transformOf } from "./view-geometry";

interface FrameCanvasProps {
  shown: ShownFrame;
  /** Which frame of its file it is, from 0. */
  at: number;
  view: RoomView;
  scene: Scene;
  alt: string;
}

/** One frame, point for point as it is in the file; the screen enlarges it. */
export function FrameCanvas({ shown, at, view, scene, alt }: FrameCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { light, hasMarks } = view;
  useLayoutEffect(() => {
    if (canvas.current) paint(canvas.current, shown, at, { light, hasMarks });
  }, [shown, at, light, hasMarks]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={alt}
      data-frame={at + 1}
      style={{
        transform: transformOf(scene, view),
        filter: view.isInverted ? "invert(1)" : undefined,
        imageRendering: view.zoom >= 4 ? "pixelated" : undefined,
      }}
    />
  );
}

type Look = Pick<RoomView, "light" | "hasMarks">;

function paint(canvas: HTMLCanvasElement, shown: ShownFrame, at: number, { light, hasMarks }: Look): void {
  const { frame, facts } = shown;
  if (canvas.width !== frame.width) canvas.width = frame.width;
  if (canvas.height !== frame.height) canvas.height = frame.height;
  const context = canvas.getContext("2d");
  if (!context) return;
  const marks = hasMarks ? frame.marks : null;
  if (frame.kind === "colour" && !marks) {
    return context.putImageData(new ImageData(frame.rgba, frame.width, frame.height), 0, 0);
  }
  const picture = context.createImageData(frame.width, frame.height);
  if (frame.kind === "colour") picture.data.set(frame.rgba);
  else shade(frame, facts.shading, light ?? ownLight(shown, at), picture.data);
  layMarks(picture.data, marks);
  context.putImageData(picture, 0, 0);
}

/** The window the file asks for; null where it brings a table of its own. */
export function ownLight({ frame, facts }: ShownFrame, at: number): Light | null {
  if (frame.kind === "colour") return null;
  const own = facts.frameLights?.[at] ?? facts.windows[0] ?? null;
  return own ?? (facts.shading.voiTable ? null : wholeRange(frame, facts.shading));
}

/** The window that shows most of what is there; null for colour. */
export function bestLight({ frame, facts }: ShownFrame): Light | null {
  return frame.kind === "colour" ? null : usualRange(frame, facts.shading);
}
