import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { partsOf } from "@/i18n/addresses";
import { alternatesOf } from "@/i18n/alternates";
import { LOCALES, preferredLocale } from "@/i18n/locales";

type Tree = { [key: string]: string | Tree };

function keysOf(tree: Tree, before = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${before}${key}`] : keysOf(value, `${before}${key}.`),
  );
}

function read(path: string): Tree {
  return JSON.parse(readFileSync(path, "utf8"));
}

describe("the language of a page", () => {
  it("is the reader's first that we speak", () => {
    expect(preferredLocale("fr-CH, ru;q=0.9, de;q=0.4")).toBe("ru");
    expect(preferredLocale("de;q=0.4, zh-Hans;q=0.8")).toBe("zh");
  });

  it("is English when we speak none of them, or none is told", () => {
    expect(preferredLocale("fr, pt;q=0.5")).toBe("en");
    expect(preferredLocale(null)).toBe("en");
    expect(preferredLocale("de;q=0, *;q=0.1")).toBe("en");
  });

  it("stands first in every address", () => {
    expect(partsOf("/ar/my/cases")).toEqual(["ar", "my"]);
  });

  it("is told to search engines only where the words exist", () => {
    expect(alternatesOf("ar", "", "home")).toEqual({
      canonical: "/ar",
      languages: { en: "/en", ar: "/ar", "x-default": "/en" },
    });
    expect(alternatesOf("de", "", "home")).toEqual({
      canonical: "/en",
      languages: { en: "/en", ar: "/ar", "x-default": "/en" },
    });
  });

  it("names no word twice in one file, of which only the last would be said", () => {
    const bare = (text: string) =>
      text
        .replaceAll(/\\u([\da-f]{4})/g, (_all, code) => String.fromCharCode(Number.parseInt(code, 16)))
        .replaceAll(/\s/g, "");
    const twice = LOCALES.flatMap((locale) => {
      const folder = `locales/${locale}`;
      const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
      return files.map((file) => `${folder}/${file}`);
    }).filter((path) => {
      const text = readFileSync(path, "utf8");
      return bare(text) !== bare(JSON.stringify(JSON.parse(text)));
    });
    expect(twice).toEqual([]);
  });

  it("translates no word that English does not have", () => {
    const strays = LOCALES.filter((locale) => locale !== "en" && existsSync(`locales/${locale}`)).flatMap(
      (locale) => {
        const files = readdirSync(`locales/${locale}`).filter((name) => name.endsWith(".json"));
        return files.flatMap((file) => {
          const known = new Set(keysOf(read(`locales/en/${file}`)));
          const extra = keysOf(read(`locales/${locale}/${file}`)).filter((key) => !known.has(key));
          return extra.map((key) => `${locale}/${file}: ${key}`);
        });
      },
    );
    expect(strays).toEqual([]);
  });

  it("says everything in Arabic that it says in English, with the same facts in it", () => {
    const files = readdirSync("locales/en");
    const gaps = files.flatMap((file) => {
      const arabic = existsSync(`locales/ar/${file}`) ? sentencesOf(read(`locales/ar/${file}`)) : new Map();
      return [...sentencesOf(read(`locales/en/${file}`))].flatMap(([key, english]) => {
        const said: string | undefined = arabic.get(key);
        const isWhole = said !== undefined && factsOf(said).join() === factsOf(english).join();
        return isWhole ? [] : [`${file}: ${key} (${factsOf(english).join()})`];
      });
    });
    expect(gaps).toEqual([]);
  });
});

function sentencesOf(tree: Tree, before = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${before}${key}`, value]] : [...sentencesOf(value, `${before}${key}.`)],
    ),
  );
}

/** The names of what a sentence is filled with: "{name}", "{count, plural, …}", "<link>". */
function factsOf(sentence: string): string[] {
  const found = sentence.matchAll(
    /(?<!(?:=\d+|\b(?:zero|one|two|few|many|other))\s*)\{\s*([A-Za-z]\w*)\s*[,}]|<([a-z]\w*)>/g,
  );
  return [...new Set([...found].map(([, fact, mark]) => fact ?? `<${mark}>`))].toSorted();
}
