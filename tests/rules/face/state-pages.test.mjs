import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { statePages } from "../../../deploy/write-pages.mjs";

const FOLDER = path.join(process.cwd(), "deploy", "pages");
const pages = Object.entries(statePages());

describe("the pages nginx gives out", () => {
  it("are those deploy/write-pages.mjs writes from today's words", () => {
    const kept = readdirSync(FOLDER).map((name) => [name, readFileSync(path.join(FOLDER, name), "utf8")]);
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(pages));
  });

  it.each(pages)("need nothing from a product that is away, and no script: %s", (_, text) => {
    expect(text).not.toMatch(/<script|<link|src=|url\(|@import|https?:/);
  });

  it.each(pages)("say what happened, what is kept and what to do, with a number to call: %s", (_, text) => {
    expect(text.match(/<dt>/g)).toHaveLength(3);
    expect(text).toContain('href="tel:+492214710123"');
  });
});
