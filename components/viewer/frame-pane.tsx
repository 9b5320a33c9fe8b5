"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { imageAt, imagesIn } from "@/lib/records/stack";
import { Corners } from "./corners";
import { bestLight, FrameCanvas, ownLight } from "./frame-canvas";
import { keyOf, type ShownFrame } from "./frame-store";
import { MeasureLayer } from "./measure-layer";
import type { PaneProps } from "./pane";
import { FaultWord } from "./fault-word";
import { Stage, useRoomSize } from "./stage";
import { useCine } from "./use-cine";
import { useFrames } from "./use-frames";
import { draggedLight, onPicture, type Scene, toPicture } from "./view-geometry";

/** A stack of images in its room: the image looked at, what is known of it, and the lines drawn on it. */
export function FramePane({ pane, does, aids, hasCorners, playMs }: PaneProps) {
  const t = useTranslations("viewer");
  const { stack, view } = pane;
  const { act, line, erase } = does;
  const images = imagesIn(stack);
  const index = view.frame - 1;
  const room = useRef<HTMLDivElement>(null);
  const size = useRoomSize(room);
  const frames = useFrames(stack, index, view.isPlaying ? playMs : null);
  const rate = useCine({
    ...{ isPlaying: view.isPlaying, index, frames: images, frameMs: playMs, isHere: frames.isHere },
    show: (one) => act({ act: "show", frame: one + 1 }),
  });
  const image = imageAt(stack, index);
  const { now } = frames;
  const shown = useLast(now?.ok ? now.shown : null, index, stack.key);
  const place = t(stack.frameMs === null ? "image" : "frame", { now: index + 1, all: images });
  const scene = sceneOf(size, shown?.shown ?? null);
  const key = image ? keyOf(image.file, image.at) : "";
  const light = shown ? (view.light ?? ownLight(shown.shown, shown.at)) : null;
  const nextId = useRef(1);
  const facts = shown?.shown.facts ?? null;
  const tell = useEffectEvent(does.facts);
  useEffect(() => {
    if (facts) tell(facts);
  }, [facts]);

  const hands = {
    act,
    light: (across: number, down: number) => {
      const base = light ?? (shown && bestLight(shown.shown));
      if (base) act({ act: "light", light: draggedLight(base, across, down) });
    },
    line: (from: { x: number; y: number }, to: { x: number; y: number }, isNew: boolean) => {
      if (!aids || !shown) return;
      if (isNew) nextId.current += 1;
      const ends = [from, to].map((one) => onPicture(scene, toPicture(scene, view, one)));
      const [begin, end] = ends;
      if (begin && end) line({ id: nextId.current, image: key, from: begin, to: end });
    },
  };
  const lines = pane.lines.filter((one) => one.image === key);
  return (
    <div className="room-pane">
      <Stage room={room} view={view} images={images} hands={hands}>
        {shown && size.roomWidth > 0 ? (
          <FrameCanvas
            shown={shown.shown}
            at={shown.at}
            view={view}
            scene={scene}
            alt={t("picture", { name: image?.file.name ?? "", place })}
          />
        ) : null}
        {aids && shown ? (
          <MeasureLayer
            scene={scene}
            view={view}
            lines={lines}
            facts={shown.shown.facts}
            change={line}
            erase={erase}
          />
        ) : null}
      </Stage>
      {hasCorners ? (
        <Corners stack={stack} facts={facts} place={place} light={light} zoom={view.zoom} rate={rate} />
      ) : null}
      {now && !now.ok ? (
        <FaultWord fault={now.fault} recordId={image?.file.id ?? ""} again={frames.again} />
      ) : null}
      {now === null && shown === null ? (
        <p className="room-word" role="status">
          {t("waiting")}
        </p>
      ) : null}
    </div>
  );
}

function sceneOf(size: { roomWidth: number; roomHeight: number }, shown: ShownFrame | null): Scene {
  const { width = 0, height = 0 } = shown?.frame ?? {};
  return { ...size, width, height, aspect: shown?.facts.aspect ?? 1 };
}

interface LastShown {
  shown: ShownFrame;
  at: number;
  stack: string;
}

/** The picture before stays until the next has come, but never across two stacks. */
function useLast(now: ShownFrame | null, at: number, stack: string): LastShown | null {
  const [last, setLast] = useState<LastShown | null>(null);
  if (now && (last?.shown !== now || last.at !== at || last.stack !== stack)) {
    const next = { shown: now, at, stack };
    setLast(next);
    return next;
  }
  return last?.stack === stack ? last : null;
}
