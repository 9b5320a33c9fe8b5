import { AsyncLocalStorage } from "node:async_hooks";

const TrueDate = Date;
const told = new AsyncLocalStorage<{ at: number; since: number }>();

function nowTold(): number {
  const story = told.getStore();
  return story ? story.at + (TrueDate.now() - story.since) : TrueDate.now();
}

/** Says the moment of the story where one is told, and the true one everywhere else. Any other date is what it was. */
const StoryDate = new Proxy(TrueDate, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [nowTold()] : given, made),
  get: (target, name) => (name === "now" ? nowTold : Reflect.get(target, name)),
});

/**
 * Tells stories: while `work` runs, what `at` calls believes it is the moment told. So the verbs write timelines, audit
 * rows and ids of the past as they would have written them then, and no append-only row is ever touched afterwards.
 */
export async function tellStories<T>(work: () => Promise<T>): Promise<T> {
  globalThis.Date = StoryDate;
  try {
    return await work();
  } finally {
    globalThis.Date = TrueDate;
  }
}

/** Does something at a moment of a story. The clock runs on from there as ours does, so that things keep their order. */
export function at<T>(moment: Date, work: () => Promise<T>): Promise<T> {
  return told.run({ at: moment.getTime(), since: TrueDate.now() }, work);
}
