"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";

const SWITCH = "valvia:keys";
const CHANGED = "valvia:keys-changed";

export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** The key as its cap says it in Latin letters: an Arabic or Russian keyboard has "m" in the same place. */
export function keyOf(event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string {
  const { key, code } = event;
  if (key.length > 1 || key.charCodeAt(0) < 128) return key;
  if (code.startsWith("Key")) return code.slice(3).toLowerCase();
  if (code.startsWith("Digit")) return code.slice(5);
  if (code === "Slash") return event.shiftKey ? "?" : "/";
  return key;
}

/** Whether keys are letters just now: somebody writes, or a dialog has the floor. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.ctrlKey || event.metaKey)
    return true;
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  const writes = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';
  return at.closest(writes) !== null || document.querySelector("dialog[open]") !== null;
}

/** Single keys that work from anywhere on the page; each reader can switch them off. */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = latest.current[keyOf(event)];
      if (act === undefined || isTaken(event) || !areKeysOn()) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

/** Whether this reader wants single keys to do something. */
export function areKeysOn(): boolean {
  return localStorage.getItem(SWITCH) !== "off";
}

function watchSwitch(look: () => void): () => void {
  window.addEventListener(CHANGED, look);
  window.addEventListener("storage", look);
  return () => {
    window.removeEventListener(CHANGED, look);
    window.removeEventListener("storage", look);
  };
}

/** The switch of all single keys, kept in this browser. */
export function useKeySwitch(): [boolean, (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(watchSwitch, areKeysOn, () => true);
  const set = (on: boolean) => {
    if (on) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
    window.dispatchEvent(new Event(CHANGED));
  };
  return [isOn, set];
}
