import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, sourceFiles } from "./tree";

/** What an action asks first: who is there, or at least whether the form is ours. */
const ASKS = /\b(?:require[A-Z]\w*|refuseForeignPost)\(/;

const files = sourceFiles()
  .map((file) => file.path)
  .filter((file) => file.endsWith("/actions.ts"));

interface Act {
  name: string;
  isOpen: boolean;
  body: string;
}

/** Every function of a file of actions; only the exported ones can be called from outside. */
function actsOf(file: string): Act[] {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const starts = [...text.matchAll(/^(export )?async function (\w+)/gm)];
  return starts.map((start, index) => ({
    name: start[2] ?? "",
    isOpen: start[1] !== undefined,
    body: text.slice(start.index, starts[index + 1]?.index ?? text.length),
  }));
}

describe("every server action is a door of its own", () => {
  it.each(files)("and asks who is there: %s", (file) => {
    const acts = actsOf(file);
    const asks = (act: Act): boolean =>
      ASKS.test(act.body) ||
      acts.some(
        (other) => other !== act && !other.isOpen && act.body.includes(`${other.name}(`) && asks(other),
      );
    expect(acts.filter((act) => act.isOpen && !asks(act)).map((act) => act.name)).toEqual([]);
  });

  it("of which there are many", () => {
    expect(files.length).toBeGreaterThan(15);
  });
});
