"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { useKeySwitch, useKeys } from "@/components/ui/keys";

export interface KeyGroup {
  title: string;
  keys: readonly { press: readonly string[]; does: string }[];
}

/** The keys of an area, behind a question mark, and the switch that turns them off. Stands inside the words of `palette`. */
export function KeyHelp({ groups }: { groups: readonly KeyGroup[] }) {
  const t = useTranslations("palette");
  const [isOpen, setIsOpen] = useState(false);
  const [isOn, setIsOn] = useKeySwitch();
  useKeys({ "?": () => setIsOpen(true) });
  return (
    <>
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        aria-label={t("keys")}
        className="hidden min-h-control min-w-control items-center justify-center rounded-md text-ink-soft hover:bg-primary-tint hover:text-primary md:inline-flex"
      >
        <kbd aria-hidden className="rounded border border-edge px-1.5">
          ?
        </kbd>
      </button>
      <Dialog label={t("keys")} open={isOpen} close={() => setIsOpen(false)} className="max-w-3xl">
        <div data-density="dense" className="space-y-gap-l p-gap-l">
          <div className="flex items-center justify-between gap-gap">
            <h2 className="text-lg">{t("keys")}</h2>
            <button
              type="button"
              data-autofocus
              onClick={() => setIsOpen(false)}
              className="button button-quiet"
            >
              {t("close")}
            </button>
          </div>
          <label className="choice">
            <input type="checkbox" checked={isOn} onChange={(event) => setIsOn(event.target.checked)} />
            <span>{t("keysOn")}</span>
          </label>
          <div className="gap-gap-xl sm:columns-2">
            {groups.map((group) => (
              <section key={group.title} className="mb-gap-l break-inside-avoid">
                <h3 className="border-b border-line pb-1">{group.title}</h3>
                <dl>
                  {group.keys.map(({ press, does }) => (
                    <div key={does} className="flex items-baseline justify-between gap-3 py-1">
                      <dt className="order-2 whitespace-nowrap" dir="ltr">
                        {press.map((key) => (
                          <kbd key={key} className="ms-1 rounded border border-edge px-1.5 text-sm">
                            {key}
                          </kbd>
                        ))}
                      </dt>
                      <dd>{does}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </div>
      </Dialog>
    </>
  );
}
