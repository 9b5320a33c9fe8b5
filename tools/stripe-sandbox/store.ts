import { mkdir, open, readFile, rename, writeFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Tables } from "./tables";

type TableName = keyof Tables;
type Entry = { table: TableName; id: string; row: Tables[TableName] | null };
type Loaded = { [Name in TableName]: Map<string, Tables[Name]> };

const emptyTables = (): Loaded => ({
  sessions: new Map(),
  paymentIntents: new Map(),
  charges: new Map(),
  refunds: new Map(),
  customers: new Map(),
  balanceTransactions: new Map(),
  disputes: new Map(),
  events: new Map(),
  answers: new Map(),
  appointments: new Map(),
  settings: new Map(),
});

/**
 * Everything the sandbox knows, in memory, with a journal on disk: one line per saved batch of changes, so that a
 * half-written line after a kill loses a whole batch or nothing. Opening rewrites the journal as one snapshot.
 */
export class Store {
  private tables: Loaded = emptyTables();
  private unsaved: Entry[] = [];
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: FileHandle,
    private bytes: number,
  ) {}

  static async open(folder: string): Promise<Store> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, "journal.jsonl");
    const tables = await readJournal(path);
    const snapshot = snapshotOf(tables);
    await writeFile(`${path}.new`, snapshot, { mode: 0o600 });
    await rename(`${path}.new`, path);
    const store = new Store(await open(path, "a"), Buffer.byteLength(snapshot));
    store.tables = tables;
    return store;
  }

  get<Name extends TableName>(table: Name, id: string): Tables[Name] | undefined {
    return this.tables[table].get(id);
  }

  /** Newest first, as every list of the API is. */
  all<Name extends TableName>(table: Name): Tables[Name][] {
    return [...this.tables[table].values()].reverse();
  }

  put<Name extends TableName>(table: Name, row: Tables[Name]): Tables[Name] {
    this.tables[table].set(row.id, row);
    this.unsaved.push({ table, id: row.id, row });
    return row;
  }

  remove(table: TableName, id: string): void {
    this.tables[table].delete(id);
    this.unsaved.push({ table, id, row: null });
  }

  clear(): void {
    for (const [table, id] of idsOf(this.tables)) this.remove(table, id);
  }

  /** Resolves when every change made before this call is on disk. */
  save(): Promise<void> {
    const saved = this.saving.then(() => this.writeBatch());
    // The caller gets the failure; the next batch must still get its turn.
    this.saving = saved.catch(() => undefined);
    return saved;
  }

  async close(): Promise<void> {
    await this.save();
    await this.file.close();
  }

  private async writeBatch(): Promise<void> {
    const batch = this.unsaved;
    if (batch.length === 0) return;
    this.unsaved = [];
    const line = Buffer.from(`${JSON.stringify(batch)}\n`);
    try {
      await this.file.appendFile(line);
      this.bytes += line.length;
    } catch (error) {
      // A line cut short by a full disk must not stand in front of the next one.
      await this.file.truncate(this.bytes);
      this.unsaved = [...batch, ...this.unsaved];
      throw error;
    }
  }
}

function* idsOf(tables: Loaded): Generator<[TableName, string]> {
  const names = Object.keys(tables) as TableName[];
  for (const name of names) for (const id of tables[name].keys()) yield [name, id];
}

function snapshotOf(tables: Loaded): string {
  const lines: string[] = [];
  for (const [table, id] of idsOf(tables)) {
    lines.push(`${JSON.stringify([{ table, id, row: tables[table].get(id) ?? null }])}\n`);
  }
  return lines.join("");
}

async function readJournal(path: string): Promise<Loaded> {
  const tables = emptyTables();
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  // What follows the last line break is a batch whose writing was cut off; nobody was answered for it.
  lines.pop();
  for (const [index, line] of lines.entries()) {
    for (const entry of readBatch(line, `${path}, line ${index + 1}`)) apply(tables, entry);
  }
  return tables;
}

function readBatch(line: string, place: string): Entry[] {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error(
      `${place} is damaged. Put the file back from a backup, or remove it: the test payments are then forgotten.`,
      { cause: error },
    );
  }
}

function apply(tables: Loaded, { table, id, row }: Entry): void {
  const rows: Map<string, unknown> = tables[table];
  if (row === null) rows.delete(id);
  else rows.set(id, row);
}
