import type { Point } from "@/lib/records/pixel-calibration";
import { imageAt, imagesIn, placeOf, type Stack, type StackGroup } from "@/lib/records/stack";
import type { FileFacts } from "./messages";
import { firstView, type RoomAct, type RoomView, viewAfter } from "./room-view";

/** A distance somebody drew on one image. */
export interface Line {
  id: number;
  /** The image it lies on. */
  image: string;
  from: Point;
  to: Point;
}

export interface Pane {
  stack: Stack;
  view: RoomView;
  lines: Line[];
  /** What the file looked at says; null until it has been read. */
  facts: FileFacts | null;
}

export interface ViewerState {
  /** One, or two beside each other. */
  panes: Pane[];
  /** The pane that hears the keys. */
  active: number;
  /** Whether both go together. */
  isTogether: boolean;
}

export type ViewerAct =
  | { act: "view"; pane: number; change: RoomAct }
  | { act: "choose"; pane: number; stack: Stack }
  | { act: "activate"; pane: number }
  | { act: "compare"; with: Stack | null }
  | { act: "together" }
  | { act: "line"; pane: number; line: Line }
  | { act: "facts"; pane: number; facts: FileFacts }
  | { act: "erase"; pane: number; line: number | null };

const LINES_MAX = 40;

export function firstState(
  groups: readonly StackGroup[],
  recordId: string,
  frame: number,
): ViewerState | null {
  const found = placeOf(groups, recordId);
  return found && { panes: [paneOf(found.stack, found.index + frame)], active: 0, isTogether: true };
}

function paneOf(stack: Stack, frame = 1): Pane {
  const isSlices = stack.frameMs === null && stack.kind === "frames" && stack.modality !== "US";
  return { stack, view: firstView(frame, isSlices ? "light" : "move"), lines: [], facts: null };
}

/** What two panes do together: they go and play in step, each within its own length. */
const SHARED: readonly RoomAct["act"][] = ["step", "play", "zoom", "fit", "reset"];

export function stateAfter(state: ViewerState, act: ViewerAct): ViewerState {
  switch (act.act) {
    case "view":
      return changed(state, act.pane, act.change);
    case "choose":
      return withPane(state, act.pane, () => paneOf(act.stack));
    case "activate":
      return { ...state, active: Math.min(state.panes.length - 1, act.pane) };
    case "compare":
      return compared(state, act.with);
    case "together":
      return { ...state, isTogether: !state.isTogether };
    case "line":
      return withPane(state, act.pane, (pane) => ({ ...pane, lines: drawn(pane.lines, act.line) }));
    case "facts":
      return withPane(state, act.pane, (pane) => ({ ...pane, facts: act.facts }));
    case "erase":
      return withPane(state, act.pane, (pane) => ({
        ...pane,
        lines: act.line === null ? [] : pane.lines.filter(({ id }) => id !== act.line),
      }));
  }
}

function withPane(state: ViewerState, at: number, change: (pane: Pane) => Pane): ViewerState {
  return { ...state, panes: state.panes.map((pane, one) => (one === at ? change(pane) : pane)) };
}

function changed(state: ViewerState, at: number, change: RoomAct): ViewerState {
  const isShared = state.isTogether && SHARED.includes(change.act);
  const isPlaying = state.panes[at]?.view.isPlaying ?? false;
  const panes = state.panes.map((pane, one) => {
    if (one !== at && !isShared) return pane;
    // Both play or both stand, whatever the other did before.
    const from = change.act === "play" ? { ...pane.view, isPlaying } : pane.view;
    return { ...pane, view: viewAfter(from, change, imagesIn(pane.stack)) };
  });
  return { ...state, panes };
}

function compared(state: ViewerState, other: Stack | null): ViewerState {
  const [first] = state.panes;
  if (!first) return state;
  if (other === null) return { ...state, panes: [first], active: 0 };
  return { ...state, panes: [first, paneOf(other)], active: 1 };
}

/** A line that is there moves; a new one is added, the oldest going when there are too many. */
function drawn(lines: readonly Line[], line: Line): Line[] {
  const isThere = lines.some(({ id }) => id === line.id);
  if (isThere) return lines.map((one) => (one.id === line.id ? line : one));
  return [...lines, line].slice(-LINES_MAX);
}

/** A line across the middle of the image looked at, for whoever draws without a mouse; null while none is here. */
export function middleLine({ stack, view, lines, facts }: Pane): Line | null {
  const image = imageAt(stack, view.frame - 1);
  if (!image || !facts || facts.width === 0) return null;
  const { width, height } = facts;
  const id = lines.reduce((most, one) => Math.max(most, one.id), 1_000) + 1;
  const [from, to] = [width / 4, (width * 3) / 4].map((x) => ({
    x: Math.round(x),
    y: Math.round(height / 2),
  }));
  return from && to ? { id, image: `${image.file.id}/${image.at}`, from, to } : null;
}

/** What to lay beside a stack first: the same kind of examination of another day, or at least another stack. */
export function counterpartOf(groups: readonly StackGroup[], stack: Stack): Stack | null {
  const own = groups.find(({ stacks }) => stacks.some(({ key }) => key === stack.key));
  const others = groups.filter((group) => group !== own && group.study !== null);
  const candidates = [...others, ...(own ? [own] : [])].flatMap(({ stacks }) => stacks);
  const free = candidates.filter(({ key }) => key !== stack.key);
  return (
    free.find(({ modality, kind }) => modality === stack.modality && kind === stack.kind) ?? free[0] ?? null
  );
}
