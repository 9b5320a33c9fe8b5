import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FEATURES, type Floor, floorOf, isVerbName, ROOT, type SourceFile, sourceFiles } from "./tree";

const files = sourceFiles();
const house = files.filter((file) => file.floor !== null);

const MAY_IMPORT: Record<Floor, readonly Floor[]> = {
  kernel: ["kernel"],
  rules: ["kernel", "rules"],
  infra: ["kernel", "infra"],
  operations: ["kernel", "rules", "infra", "operations"],
  components: ["kernel", "rules", "components"],
  app: ["kernel", "rules", "infra", "operations", "components", "app"],
};

const APP_NAMES =
  /^(page|layout|loading|error|not-found|global-error|global-not-found|template|default|robots|manifest|actions|route|sitemap|icon|apple-icon|opengraph-image)\.(tsx?|svg)$/;

function complaints(test: (file: SourceFile) => string[]): string[] {
  return house.flatMap(test);
}

/** Demo data is exempt from the wall, as the house style says. Generated code, migrations and language files are not read here. */
function mayBeLong(file: string): boolean {
  return file.startsWith("prisma/seed/data/");
}

describe("the house", () => {
  it("imports downwards only", () => {
    const wrong = complaints((file) =>
      file.imports
        .filter((one) => !one.typeOnly && floorOf(`${one.target}.ts`) !== null)
        .filter((one) => !MAY_IMPORT[file.floor ?? "app"].includes(floorOf(`${one.target}.ts`) ?? "app"))
        .map(
          (one) =>
            `${file.path} (${file.floor}) imports ${one.target} (${floorOf(`${one.target}.ts`)}): imports point down.`,
        ),
    );
    expect(wrong).toEqual([]);
  });

  it("lets a feature import only itself and the features before it", () => {
    const order = (feature: string) => FEATURES.indexOf(feature as (typeof FEATURES)[number]);
    const wrong = complaints((file) =>
      file.feature === null
        ? []
        : file.imports
            .filter((one) => !one.typeOnly && one.target.startsWith("lib/"))
            .map((one) => one.target.split("/")[1] ?? "")
            .filter((other) => order(other) > order(file.feature ?? ""))
            .map(
              (other) =>
                `${file.path} imports from ${other}, which comes later on the trip: move the verb there.`,
            ),
    );
    expect(wrong).toEqual([]);
  });

  it("knows every feature by name", () => {
    const folders = readdirSync(path.join(ROOT, "lib"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const known = new Set<string>([...FEATURES, "kernel", "infra"]);
    expect(folders.filter((folder) => !known.has(folder))).toEqual([]);
  });

  it("keeps to the closed list of file names in app/", () => {
    const wrong = house
      .filter((file) => file.floor === "app" && !file.path.endsWith(".css"))
      .filter((file) => !APP_NAMES.test(path.posix.basename(file.path)))
      .map((file) => `${file.path}: app/ holds only Next's own names and actions.ts.`);
    expect(wrong).toEqual([]);
  });

  it("has no drawer for everything", () => {
    const banned = /(^|[/-])(utils?|helpers?|common|services?|managers?|misc|shared)(\.|\/|-)/;
    const wrong = house
      .filter((file) => banned.test(file.path))
      .map((file) => `${file.path}: name the answer it gives.`);
    const barrels = house
      .filter((file) => /\/index\.tsx?$/.test(file.path))
      .map((file) => `${file.path}: no barrel files.`);
    expect([...wrong, ...barrels]).toEqual([]);
  });

  it("names operations by a verb and nothing else", () => {
    const wrong = complaints((file) => {
      if (file.feature === null) return [];
      const rest = file.path.split("/").slice(2);
      const name = (rest[0] ?? "").replace(/\.tsx?$/, "");
      const isOperation = file.text.startsWith('import "server-only"');
      const expected = file.floor === "operations";
      if (isOperation && !expected)
        return [`${file.path} is an operation by its import, but its name is no verb-noun.`];
      if (!isOperation && expected)
        return [`${file.path} (${isVerbName(name) ? "verb" : name}) must begin with import "server-only".`];
      const folder = rest.length > 1 && !["queries", "forms", "views"].includes(rest[0] ?? "");
      return folder ? [`${file.path}: only queries, forms and views may become folders.`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it("marks every adapter as server-only or pure", () => {
    const wrong = house
      .filter((file) => file.floor === "infra" && !file.text.startsWith('import "server-only"'))
      .filter((file) =>
        /from "(node:|pg|stripe|nodemailer|pg-boss|next\/headers|sharp|@node-rs)/.test(file.text),
      )
      .filter((file) => file.path !== "lib/infra/env.ts")
      .map((file) => `${file.path} touches the outside: begin with import "server-only".`);
    expect(wrong).toEqual([]);
  });

  it("has no file over 300 lines", () => {
    const wrong = files
      .filter((file) => !mayBeLong(file.path))
      .map((file) => ({ path: file.path, lines: file.text.split("\n").length - 1 }))
      .filter((file) => file.lines > 300)
      .map((file) => `${file.path} has ${file.lines} lines: it gives more than one answer.`);
    expect(wrong).toEqual([]);
  });

  it("reads the environment in one place", () => {
    const wrong = house
      .filter((file) => file.text.includes("process.env") && file.path !== "lib/infra/env.ts")
      .map((file) => `${file.path} reads process.env: ask lib/infra/env.ts.`);
    expect(wrong).toEqual([]);
  });

  it('keeps "use server" in actions.ts', () => {
    const wrong = house
      .filter((file) => /^\s*["']use server["']/m.test(file.text) && !file.path.endsWith("/actions.ts"))
      .map((file) => `${file.path}: "use server" belongs into actions.ts.`);
    expect(wrong).toEqual([]);
  });

  it("makes people only in the session", () => {
    const people =
      /\bas (unknown as )?(Patient|Coordinator|Finance|Admin|ClinicReviewer|ClinicManager|ClinicMember|System|DraftHolder|SignedIn|Actor)\b/;
    const wrong = house
      .filter((file) => file.path !== "lib/infra/session.ts" && people.test(file.text))
      .map((file) => `${file.path} casts to a person: only the session proves who somebody is.`);
    expect(wrong).toEqual([]);
  });

  it("leaves no loose ends", () => {
    // These words stand here because this is the rule against them; the rule does not read itself.
    const loose =
      /\b(TODO|FIXME|HACK)\b|\bXXX\b|@ts-ignore|@ts-expect-error|eslint-disable|oxlint-disable|\.only\(|\.skip\(|: any\b|as any\b/;
    const wrong = files
      .filter((file) => !file.path.startsWith("tests/house/"))
      .flatMap((file) => file.text.split("\n").map((line, index) => ({ file, line, index })))
      .filter(({ line }) => loose.test(line))
      .map(({ file, line, index }) => `${file.path}:${index + 1} ${line.trim().slice(0, 80)}`);
    expect(wrong).toEqual([]);
  });

  it("has the papers a newcomer looks for", () => {
    const papers = [
      "README.md",
      "LICENSE",
      "CONTRIBUTING.md",
      "docs/glossary.md",
      "docs/security.md",
      ".env.example",
      ".ci/run",
    ];
    expect(papers.filter((paper) => !existsSync(path.join(ROOT, paper)))).toEqual([]);
  });
});
