import type { Point } from "@/lib/records/pixel-calibration";
import type { RoomView } from "./room-view";

/** A room and the picture in it, in points of the screen and of the picture. */
export interface Scene {
  roomWidth: number;
  roomHeight: number;
  width: number;
  height: number;
  /** Width of a point of the picture to its height. */
  aspect: number;
}

/** How many points of the screen one point of the picture takes, upright and downright, before zooming. */
export function fitScale({ roomWidth, roomHeight, width, height, aspect }: Scene, turns: number): number {
  const [across, down] = turns % 2 === 0 ? [width * aspect, height] : [height, width * aspect];
  return across > 0 && down > 0 ? Math.min(roomWidth / across, roomHeight / down) : 1;
}

/** From a point of the picture to one of the room, whose middle is the nought. */
export function toRoom(scene: Scene, view: RoomView, { x, y }: Point): Point {
  const scale = fitScale(scene, view.turns) * view.zoom;
  const turned = turn(
    { x: (x - scene.width / 2) * scene.aspect * scale, y: (y - scene.height / 2) * scale },
    view.turns,
  );
  return { x: turned.x + view.x * scene.roomWidth, y: turned.y + view.y * scene.roomHeight };
}

/** The other way round. */
export function toPicture(scene: Scene, view: RoomView, { x, y }: Point): Point {
  const scale = fitScale(scene, view.turns) * view.zoom;
  const back = turn({ x: x - view.x * scene.roomWidth, y: y - view.y * scene.roomHeight }, 4 - view.turns);
  return { x: back.x / scale / scene.aspect + scene.width / 2, y: back.y / scale + scene.height / 2 };
}

function turn({ x, y }: Point, turns: number): Point {
  const quarters = ((turns % 4) + 4) % 4;
  if (quarters === 0) return { x, y };
  if (quarters === 1) return { x: -y, y: x };
  return quarters === 2 ? { x: -x, y: -y } : { x: y, y: -x };
}

/** What the picture's own element is transformed by, its origin being its middle. */
export function transformOf(scene: Scene, view: RoomView): string {
  const scale = fitScale(scene, view.turns) * view.zoom;
  const [x, y] = [view.x * scene.roomWidth, view.y * scene.roomHeight];
  return `translate(-50%, -50%) translate(${x}px, ${y}px) rotate(${view.turns * 90}deg) scale(${scale * scene.aspect}, ${scale})`;
}

/** A point that stays on the picture. */
export function onPicture({ width, height }: Scene, { x, y }: Point): Point {
  return { x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) };
}

/** A drag over the whole room widens the window by this much of what it is, or moves it as far. */
const DRAG = 2;

/** Across makes the window wider, down makes the picture darker, as radiologists' workstations do. */
export function draggedLight<L extends { center: number; width: number }>(
  light: L,
  across: number,
  down: number,
): L {
  const width = Math.max(1, light.width * (1 + across * DRAG));
  // Set by hand it is no longer the preset it came from.
  return { ...light, name: undefined, width, center: light.center + down * light.width * DRAG };
}

/**
 * What to ask for next while a film plays: frames the clock will reach when they have come, and no more of them than
 * come in time. Numbers count from 0.
 */
export function comingFrames(
  now: number,
  frames: number,
  pace: { latencyMs: number; apartMs: number; frameMs: number },
  count: number,
): number[] {
  const lead = Math.min(frames - 1, Math.ceil(pace.latencyMs / Math.max(1, pace.frameMs)));
  const stride = Math.max(1, Math.min(frames, Math.floor(pace.apartMs / Math.max(1, pace.frameMs))));
  const from = stride > 1 ? now + lead : now + 1;
  const wanted = Array.from({ length: count }, (_, at) => (from + at * stride) % frames);
  return [...new Set(wanted)];
}
