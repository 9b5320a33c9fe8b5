"use client";

import { useEffect, useRef, useState } from "react";
import { formatNumber } from "@/components/ui/format";

interface LettersLeftProps {
  limit: number;
  locale: string;
  /** `count` holds "{count}" where the number stands. */
  words: { count: string; over: string };
}

/** From this share of the limit on the number of characters is shown. */
const NEAR = 0.8;

/** Counts the characters of the message in the form around it; at the limit it says so, and leaves all that was typed. */
export function LettersLeft({ limit, locale, words }: LettersLeftProps) {
  const box = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(0);
  useEffect(() => {
    const form = box.current?.closest("form");
    if (!form) return;
    const look = () => setCount(form.querySelector("textarea")?.value.trim().length ?? 0);
    const later = () => setTimeout(look);
    look();
    form.addEventListener("input", look);
    form.addEventListener("reset", later);
    return () => {
      form.removeEventListener("input", look);
      form.removeEventListener("reset", later);
    };
  }, []);
  const isOver = count > limit;
  return (
    <div ref={box} className="basis-full text-sm empty:hidden">
      {count < limit * NEAR ? null : (
        <p className={`tabular ${isOver ? "font-semibold text-attention" : "text-ink-soft"}`}>
          {words.count.replace("{count}", formatNumber(count, locale))}
        </p>
      )}
      <p role="status" className="text-attention empty:hidden">
        {isOver ? words.over : null}
      </p>
    </div>
  );
}
