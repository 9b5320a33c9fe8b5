import { type Outcome, done, refused } from "@/lib/kernel/outcome";

export type Who = "coordinator" | "supplier";

/** One thing that may happen: from these states, by this word, to that state, done by these people. */
export interface Edge<State extends string> {
  from: readonly State[];
  event: string;
  to: State;
  who: readonly Who[];
}

/**
 * The edge an event word takes from a state. The word may be the event or the state it leads to. A word the machine
 * does not know is not there at all; a known one in the wrong state is a conflict.
 */
export function edgeFor<State extends string>(
  edges: readonly Edge<State>[],
  state: State,
  word: string,
  who: Who,
): Outcome<Edge<State>, "not_found" | "forbidden" | "illegal_transition"> {
  const named = edges.filter((edge) => edge.event === word || edge.to === word);
  if (named.length === 0) return refused("not_found");
  const allowed = named.filter((edge) => edge.who.includes(who));
  if (allowed.length === 0) return refused("forbidden");
  const edge = allowed.find((candidate) => candidate.from.includes(state));
  return edge ? done(edge) : refused("illegal_transition", { from: state, event: word });
}
