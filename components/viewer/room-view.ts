import type { Light } from "@/lib/records/pixel-window";

/** What a drag over the picture does. */
export const TOOLS = ["move", "light", "measure", "scroll"] as const;
export type Tool = (typeof TOOLS)[number];

/** A window, and what it was chosen by; one set by hand has no name. */
export interface ChosenLight extends Light {
  name?: string;
}

/** How one looks at a picture: which frame, how close, moved by how much (shares of the room), turned and inverted. */
export interface RoomView {
  /** From 1. */
  frame: number;
  /** 1 shows the whole picture. */
  zoom: number;
  x: number;
  y: number;
  /** Quarter turns clockwise, 0 to 3. */
  turns: number;
  isInverted: boolean;
  /** Whether what the file draws over its picture is shown. */
  hasMarks: boolean;
  isPlaying: boolean;
  tool: Tool;
  /** Null shows a grey picture as its file says. */
  light: ChosenLight | null;
}

export type RoomAct =
  | { act: "step"; by: number }
  | { act: "go"; frame: number }
  | { act: "zoom"; by: number }
  | { act: "move"; x: number; y: number }
  | { act: "tool"; tool: Tool }
  | { act: "light"; light: ChosenLight | null }
  | { act: "show"; frame: number }
  | { act: "play" | "reset" | "tick" | "fit" | "turn" | "invert" | "marks" };

export const ZOOM_MAX = 8;
const CLOSER = 1.25;
const NUDGE = 0.1;

export function firstView(frame: number, tool: Tool = "move"): RoomView {
  const still = { zoom: 1, x: 0, y: 0, turns: 0, isInverted: false, hasMarks: true, light: null };
  return { ...still, frame, tool, isPlaying: false };
}

/** The view after an act, in a film of so many frames. Playing runs round; stepping stops at both ends. */
export function viewAfter(view: RoomView, act: RoomAct, frames: number): RoomView {
  const inside = (frame: number) => Math.min(frames, Math.max(1, Math.round(frame)));
  switch (act.act) {
    case "step":
      return { ...view, isPlaying: false, frame: inside(view.frame + act.by) };
    case "show":
      // The clock of a playing film goes on.
      return { ...view, frame: inside(act.frame) };
    case "tool":
      return { ...view, tool: act.tool };
    case "light":
      return { ...view, light: act.light };
    case "reset":
      return { ...firstView(view.frame, view.tool), isPlaying: view.isPlaying };
    case "go":
      return { ...view, isPlaying: false, frame: inside(act.frame) };
    case "tick":
      return { ...view, frame: view.frame >= frames ? 1 : view.frame + 1 };
    case "play":
      return { ...view, isPlaying: frames > 1 && !view.isPlaying };
    case "zoom":
      return zoomed(view, view.zoom * act.by);
    case "move":
      return { ...view, ...kept(view.zoom, view.x + act.x, view.y + act.y) };
    case "fit":
      return { ...view, zoom: 1, x: 0, y: 0 };
    case "turn":
      return { ...view, turns: (view.turns + 1) % 4 };
    case "invert":
      return { ...view, isInverted: !view.isInverted };
    case "marks":
      return { ...view, hasMarks: !view.hasMarks };
  }
}

function zoomed(view: RoomView, wanted: number): RoomView {
  const zoom = Math.min(ZOOM_MAX, Math.max(1, wanted));
  return { ...view, zoom, ...kept(zoom, view.x, view.y) };
}

/** A picture never leaves the room: at most half of what stands out may be pushed to either side. */
function kept(zoom: number, x: number, y: number): { x: number; y: number } {
  const most = (zoom - 1) / 2;
  const within = (value: number) => Math.min(most, Math.max(-most, value)) + 0;
  return { x: within(x), y: within(y) };
}

const KEYS: Readonly<Record<string, RoomAct>> = {
  " ": { act: "play" },
  "+": { act: "zoom", by: CLOSER },
  "=": { act: "zoom", by: CLOSER },
  "-": { act: "zoom", by: 1 / CLOSER },
  "0": { act: "fit" },
  r: { act: "turn" },
  i: { act: "invert" },
  g: { act: "marks" },
  v: { act: "tool", tool: "move" },
  b: { act: "tool", tool: "light" },
  m: { act: "tool", tool: "measure" },
  s: { act: "tool", tool: "scroll" },
  Backspace: { act: "reset" },
  ArrowLeft: { act: "step", by: -1 },
  ArrowRight: { act: "step", by: 1 },
  Home: { act: "go", frame: 1 },
  End: { act: "go", frame: Number.MAX_SAFE_INTEGER },
};

const MOVES: Readonly<Record<string, RoomAct>> = {
  ArrowLeft: { act: "move", x: NUDGE, y: 0 },
  ArrowRight: { act: "move", x: -NUDGE, y: 0 },
  ArrowUp: { act: "move", x: 0, y: NUDGE },
  ArrowDown: { act: "move", x: 0, y: -NUDGE },
};

/** Keys that go through a stack while the picture itself has the focus; elsewhere they belong to the page. */
const STACK_KEYS: Readonly<Record<string, RoomAct>> = {
  ArrowUp: { act: "step", by: -1 },
  ArrowDown: { act: "step", by: 1 },
  PageUp: { act: "step", by: -10 },
  PageDown: { act: "step", by: 10 },
};

export function stackActOfKey({ key, shiftKey }: { key: string; shiftKey: boolean }): RoomAct | null {
  return shiftKey ? null : (STACK_KEYS[key] ?? null);
}

/** What a key asks for; a film runs from left to right in every language. Null for keys that are not ours. */
export function actOfKey({ key, shiftKey }: { key: string; shiftKey: boolean }): RoomAct | null {
  return (shiftKey ? MOVES[key] : undefined) ?? KEYS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}
