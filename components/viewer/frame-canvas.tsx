"use client";

import { useLayoutEffect, useRef } from "react";
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
  const { light } = view;
  useLayoutEffect(() => {
    if (canvas.current) paint(canvas.current, shown, at, light);
  }, [shown, at, light]);
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

function paint(canvas: HTMLCanvasElement, shown: ShownFrame, at: number, light: Light | null): void {
  const { frame, facts } = shown;
  if (canvas.width !== frame.width) canvas.width = frame.width;
  if (canvas.height !== frame.height) canvas.height = frame.height;
  const context = canvas.getContext("2d");
  if (!context) return;
  if (frame.kind === "colour") {
    return context.putImageData(new ImageData(frame.rgba, frame.width, frame.height), 0, 0);
  }
  const picture = context.createImageData(frame.width, frame.height);
  shade(frame, facts.shading, light ?? ownLight(shown, at), picture.data);
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
