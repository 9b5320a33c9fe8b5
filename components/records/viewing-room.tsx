"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useEffectEvent, useReducer, useRef, useState } from "react";
import { useFilmFrames } from "@/components/records/film-frames";
import { RoomControls } from "@/components/records/room-controls";
import { RoomPicture } from "@/components/records/room-picture";
import { actOfKey, firstView, type RoomAct, type RoomView, viewAfter } from "@/components/records/room-view";

interface ViewingRoomProps {
  /** Name of the file. */
  name: string;
  /** One address a frame or page. */
  sources: readonly string[];
  kind: "frame" | "page";
  /** From 1. */
  first: number;
  /** How long one frame of the film stands, in milliseconds; null for what is not a film. */
  frameMs: number | null;
}

const IDLE_MS = 3_000;

/** A black room and the picture alone; what steers it fades when nobody moves. */
export function ViewingRoom({ name, sources, kind, first, frameMs }: ViewingRoomProps) {
  const t = useTranslations("viewer");
  const all = sources.length;
  const [view, act] = useReducer(
    (before: RoomView, one: RoomAct) => viewAfter(before, one, all),
    first,
    firstView,
  );
  const [speed, setSpeed] = useState(1);
  const film = useFilmFrames(sources, view.frame, view.isPlaying);
  const room = useRef<HTMLElement>(null);
  const [isIdle, wake] = useIdle(room);
  usePlayback(view, act, film.here, all, (frameMs ?? 100) / speed);

  const shown = view.frame;
  const { fail } = film;
  const onFail = useCallback(() => fail(shown), [fail, shown]);
  useRoomKeys(room, (event) => {
    wake();
    if (event.key.toLowerCase() === "f") return void fill(room.current);
    const wanted = actOfKey(event);
    if (wanted === null) return;
    event.preventDefault();
    act(wanted);
  });

  const place = t(kind, { now: view.frame, all });
  const isMissing = film.failed.has(view.frame);
  return (
    <section ref={room} aria-label={t("room", { name })} data-idle={isIdle ? "" : undefined} className="room">
      <RoomPicture
        source={film.here.get(view.frame)}
        alt={t("picture", { name, place })}
        view={view}
        act={act}
        onFail={onFail}
      />
      {isMissing ? (
        <p role="alert" className="room-word">
          {t("failed")}{" "}
          <button type="button" className="room-button px-3" onClick={film.again}>
            {t("again")}
          </button>
        </p>
      ) : null}
      <RoomControls
        view={view}
        act={act}
        kind={kind}
        all={all}
        ready={film.here.size}
        speed={frameMs === null ? null : { factor: speed, set: setSpeed }}
        fill={() => void fill(room.current)}
      />
    </section>
  );
}

/**
 * The room is what its page is for: its keys work wherever the focus is, but never take a letter from a field, the
 * space bar from a button, or the ends of the page from somebody who reads on.
 */
function useRoomKeys(room: RefObject<HTMLElement | null>, press: (event: KeyboardEvent) => void) {
  const onPress = useEffectEvent(press);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const at = event.target instanceof Element ? event.target : null;
      const isInside = at !== null && room.current?.contains(at) === true;
      if (
        at?.matches("input, select, textarea, [contenteditable]") &&
        !(isInside && /^[a-z+=-]$/i.test(event.key))
      )
        return;
      if (event.key === " " && at?.matches("button, a, summary")) return;
      if ((event.key === "Home" || event.key === "End") && !isInside) return;
      onPress(event);
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [room]);
}

function fill(room: HTMLElement | null): Promise<void> | undefined {
  return document.fullscreenElement ? document.exitFullscreen() : room?.requestFullscreen?.();
}

/** Whether nobody has moved in the room for a while, and a way to say that somebody has. */
function useIdle(room: RefObject<HTMLElement | null>): [boolean, () => void] {
  const [isIdle, setIdle] = useState(false);
  const timer = useRef<number>(undefined);
  const wake = useCallback(() => {
    setIdle(false);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setIdle(true), IDLE_MS);
  }, []);
  useEffect(() => {
    const stop = new AbortController();
    room.current?.addEventListener("pointermove", wake, { signal: stop.signal });
    room.current?.addEventListener("pointerdown", wake, { signal: stop.signal });
    return () => {
      stop.abort();
      window.clearTimeout(timer.current);
    };
  }, [room, wake]);
  return [isIdle, wake];
}

/** Goes on by itself, but never past a frame that has not come. */
function usePlayback(
  view: RoomView,
  act: (one: RoomAct) => void,
  here: ReadonlyMap<number, string>,
  all: number,
  ms: number,
) {
  const isReady = here.has(view.frame >= all ? 1 : view.frame + 1);
  useEffect(() => {
    if (!view.isPlaying || !isReady) return;
    const timer = window.setInterval(() => act({ act: "tick" }), Math.max(16, ms));
    return () => window.clearInterval(timer);
  }, [view.isPlaying, isReady, ms, act]);
}
