// Writes i18n/catalogue.ts from the English files, so that every key is typed. Run after adding a namespace:
//   node i18n/write-catalogue.mjs
import { readdirSync, writeFileSync } from "node:fs";

const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const names = readdirSync(new URL("../locales/en/", import.meta.url))
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length))
  .toSorted();
const imports = names.map((name) => `import type ${camel(name)} from "@/locales/en/${name}.json";`);
const keys = names.map(
  (name) => `  ${camel(name) === name ? name : JSON.stringify(name)}: typeof ${camel(name)};`,
);
const text = `// Written by i18n/write-catalogue.mjs; one namespace per file of locales/en.
${imports.join("\n")}

export interface Catalogue {
${keys.join("\n")}
}
`;
writeFileSync(new URL("catalogue.ts", import.meta.url), text);
