"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useState } from "react";
import { type PaletteAct, usePaletteActs } from "@/components/shell/palette-acts";
import { PaletteList, type PaletteOption } from "@/components/shell/palette-list";
import { holdsWords, type PaletteEntry, usePaletteSearch } from "@/components/shell/palette-search";
import { Dialog } from "@/components/ui/dialog";
import { IDLE } from "@/components/ui/form-state";
import { keyOf } from "@/components/ui/keys";
import { whatHinders } from "@/components/ui/send-guard";
import { LineSign } from "@/components/ui/line-sign";
import { Told } from "@/components/ui/told";

interface CommandPaletteProps {
  /** The pages of the area. */
  pages: readonly PaletteEntry[];
  /** Answers `{ items: PaletteEntry[] }` to `?q=`, and the last ones seen without it; absent where nothing is searched. */
  search?: string;
  /** What is searched for, as a heading: "Cases". */
  found?: string;
  recent?: string;
}

/** Every page, case and act of an area by a few letters: Ctrl K or ⌘ K. Stands inside the words of `palette`. */
export function CommandPalette({ pages, search, found = "", recent = "" }: CommandPaletteProps) {
  const t = useTranslations("palette");
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [words, setWords] = useState("");
  const [told, setTold] = useState<string | null>(null);
  const atHand = usePaletteActs();
  const answer = usePaletteSearch(search, words.trim(), isOpen);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || keyOf(event).toLowerCase() !== "k") return;
      // Another dialog that is open has the floor.
      if (document.querySelector("dialog[open]:not([data-palette])") !== null) return;
      event.preventDefault();
      setIsOpen((open) => !open);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const act = ({ send, href }: PaletteAct) => {
    if (href !== undefined) router.push(href);
    if (send === undefined) return;
    startTransition(async () => {
      const hindrance = await whatHinders();
      const state = hindrance === null ? await send.action(IDLE, formOf(send.fields ?? {})) : null;
      const message = state === null || state.status === "idle" ? undefined : state.message;
      startTransition(() => setTold(hindrance === null ? (message ?? t("done")) : t(hindrance)));
    });
  };
  const go = (entry: PaletteEntry): PaletteOption => ({ ...entry, run: () => router.push(entry.href) });
  const fits = ({ label, hint = "" }: { label: string; hint?: string }) =>
    holdsWords(`${label} ${hint}`, words);
  const cases = { title: words === "" ? recent : found, options: answer.items.map(go) };
  const acts = (atHand?.acts ?? []).filter(fits).map((one) => ({ ...one, run: () => act(one) }));
  const deeds = { title: atHand?.heading ?? "", options: acts };
  const places = { title: t("pages"), options: pages.filter(fits).map(go) };
  const close = () => {
    setIsOpen(false);
    setWords("");
  };

  return (
    <>
      <OpenButton open={() => setIsOpen(true)} />
      <Dialog label={t("title")} open={isOpen} close={close} className="max-w-xl">
        <PaletteList
          words={words}
          setWords={setWords}
          // Without words the page at hand comes first; what was typed is most often a case.
          sections={(words === "" ? [deeds, cases, places] : [cases, deeds, places]).filter(
            ({ options }) => options.length > 0,
          )}
          isAsking={search !== undefined && answer.words !== words.trim()}
          isLost={answer.isLost}
          close={close}
        />
      </Dialog>
      <Told closeLabel={t("close")} close={() => setTold(null)}>
        {told}
      </Told>
    </>
  );
}

function OpenButton({ open }: { open: () => void }) {
  const t = useTranslations("palette");
  return (
    <button
      type="button"
      onClick={open}
      aria-keyshortcuts="Control+K Meta+K"
      className="inline-flex min-h-control items-center gap-2 rounded-md border border-edge bg-card px-3 text-ink-soft hover:border-primary hover:text-primary md:min-w-64"
    >
      <LineSign>
        <circle cx="7" cy="7" r="4.5" />
        <path d="M10.5 10.5L14 14" strokeLinecap="round" />
      </LineSign>
      <span className="max-md:sr-only">{t("open")}</span>
      <kbd
        dir="ltr"
        aria-hidden
        className="ms-auto hidden rounded border border-line px-1.5 text-sm md:inline"
      >
        Ctrl K
      </kbd>
    </button>
  );
}

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
