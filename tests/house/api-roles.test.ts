import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { API_OPERATIONS } from "@/lib/desk/operations";
import { ROLES } from "@/lib/kernel/actor";

const ROOT = path.resolve(import.meta.dirname, "../../app/api/v1");

/** The words of a description that stand for a role, or for two. */
const MEANT: Record<string, readonly string[]> = {
  companion: ["patient"],
  clinic: ["clinic_reviewer", "clinic_manager"],
};

/** Routes that are no part of the description, or ask who is there in their own way: tus and the description itself. */
const OTHERWISE = /uploads|openapi\.json/;

interface Door {
  method: string;
  path: string;
  /** The roles the route asks for, in any order; null when it asks nobody. */
  roles: string[] | null;
}

function* routeFiles(folder = ROOT): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* routeFiles(full);
    else if (entry.name === "route.ts") yield full;
  }
}

function doorsOf(file: string): Door[] {
  const text = readFileSync(file, "utf8");
  const address = `/${path.relative(ROOT, path.dirname(file))}`.replaceAll(/\[(\w+)\]/g, "{$1}");
  const starts = [
    ...text.matchAll(/export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/g),
  ];
  return starts.map((start, index) => {
    const body = text.slice(start.index, starts[index + 1]?.index ?? text.length);
    const asked = [...body.matchAll(/call\.as\(([^)]*)\)/g)].flatMap(([, list]) =>
      [...(list ?? "").matchAll(/"(\w+)"/g)].flatMap(([, role]) => role ?? []),
    );
    const roles = asked.length > 0 ? [...new Set(asked)].toSorted() : null;
    return { method: (start[1] ?? "").toLowerCase(), path: address, roles };
  });
}

const doors = [...routeFiles()].flatMap(doorsOf).filter((door) => !OTHERWISE.test(door.path));
const described = API_OPERATIONS.filter((operation) => !OTHERWISE.test(operation.path));
/** A command whose name has a colon is served by the folder for all such commands. */
const fileOf = (address: string) => (address.includes(":") ? "/cabinet/{command}" : address);
const nameOf = ({ method, path: address }: { method: string; path: string }) =>
  `${method} ${fileOf(address)}`;

describe("the doors of the API", () => {
  it("are all described, and nothing is described that is not there", () => {
    expect(doors.map(nameOf).toSorted()).toEqual([...new Set(described.map(nameOf))].toSorted());
    expect(existsSync(ROOT)).toBe(true);
  });

  it.each(described.map((operation) => [nameOf(operation), operation] as const))(
    "let in exactly whom the description names: %s",
    (name, operation) => {
      const meant = operation.roles.flatMap((role) => MEANT[role] ?? [role]);
      const wanted = ROLES.filter((role) => meant.includes(role)).toSorted();
      const door = doors.find((one) => nameOf(one) === name);
      expect(door?.roles ?? []).toEqual(wanted);
    },
  );
});
