import { invalidRequest } from "./errors";

/** What Stripe's form encoding carries: texts, lists and named fields, nested by brackets. */
export type Tree = string | Tree[] | { [field: string]: Tree };
export type Fields = { [field: string]: Tree };

const depthMax = 8;
const fieldsMax = 1_000;

type Branch = { text?: string; children: Map<string, Branch> };

/** Reads `metadata[case]=1&line_items[0][quantity]=2` into a tree. @throws StripeError 400 on a malformed name. */
export function parseForm(encoded: string): Fields {
  const root: Branch = { children: new Map() };
  let fields = 0;
  for (const [name, value] of new URLSearchParams(encoded)) {
    fields += 1;
    if (fields > fieldsMax) throw invalidRequest("Too many parameters.");
    plant(root, path(name), value, name);
  }
  return fieldsOf(root);
}

function path(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  const first = match?.[1];
  if (match === null || first === undefined) throw invalidRequest(`Invalid parameter name: ${name}`);
  const rest = [...(match[2] ?? "").matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? "");
  if (rest.length >= depthMax) throw invalidRequest(`Parameter nested too deeply: ${name}`);
  return [first, ...rest];
}

function plant(root: Branch, steps: string[], value: string, name: string): void {
  let branch = root;
  for (const step of steps) {
    const key = step === "" ? String(branch.children.size) : step;
    if (branch.text !== undefined) throw invalidRequest(`Invalid hash: ${name}`);
    let next = branch.children.get(key);
    if (next === undefined) {
      next = { children: new Map() };
      branch.children.set(key, next);
    }
    branch = next;
  }
  if (branch.children.size > 0) throw invalidRequest(`Invalid hash: ${name}`);
  branch.text = value;
}

function treeOf(branch: Branch): Tree {
  if (branch.text !== undefined) return branch.text;
  const keys = [...branch.children.keys()];
  if (keys.every((key) => /^\d+$/.test(key))) return [...branch.children.values()].map(treeOf);
  return fieldsOf(branch);
}

function fieldsOf(branch: Branch): Fields {
  // No prototype: a field called __proto__ is only a field.
  const fields: Fields = Object.create(null);
  for (const [key, child] of branch.children) fields[key] = treeOf(child);
  return fields;
}
