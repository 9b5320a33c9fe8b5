"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";

/** A finger on a slider rests this long before it is answered, in milliseconds. */
const REST_MS = 300;

/** A form of questions whose answer stands on the same page: asked anew as something moves, or by its button without scripts. */
export function LiveAsk({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Whoever leaves by a link meanwhile is not called back.
    const leave = ({ target }: Event) => {
      if (target instanceof Element && target.closest("a")) clearTimeout(timer.current);
    };
    document.addEventListener("click", leave, true);
    return () => {
      clearTimeout(timer.current);
      document.removeEventListener("click", leave, true);
    };
  }, []);
  const ask = (form: HTMLFormElement) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const asked = [...new FormData(form)].flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value]] : [],
      );
      start(() => router.replace(`?${new URLSearchParams(asked)}`, { scroll: false }));
    }, REST_MS);
  };
  return (
    <form
      method="get"
      className="group/ask space-y-gap-m"
      data-pending={isPending || undefined}
      onChange={(event) => ask(event.currentTarget)}
    >
      {children}
    </form>
  );
}
