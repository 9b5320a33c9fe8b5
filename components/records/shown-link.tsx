"use client";

import { useContext } from "react";
import { buttonClass } from "@/components/ui/button-look";
import { FormContext } from "@/components/ui/form-context";
import { Notice } from "@/components/ui/notice";

/** The link a form just made, to copy: nobody can show it a second time. Shows nothing before. */
export function ShownLink({ words }: { words: { title: string; lead: string; copy: string } }) {
  const state = useContext(FormContext);
  const [link] = state.status === "done" ? (state.codes ?? []) : [];
  if (link === undefined) return null;
  return (
    <Notice tone="good" title={words.title} live>
      <p>{words.lead}</p>
      <p
        dir="ltr"
        className="my-2 rounded-md border border-line bg-card p-2 font-mono text-sm break-all select-all"
      >
        {link}
      </p>
      <button
        type="button"
        className={buttonClass("quiet")}
        onClick={() => void navigator.clipboard.writeText(link)}
      >
        {words.copy}
      </button>
    </Notice>
  );
}
