"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { forgetPages } from "@/components/cases/kept-pages";
import { AgainForm } from "@/components/people/again-form";
import { Dialog } from "@/components/ui/dialog";
import { forgetOthers } from "@/components/ui/kept-fields";
import { hearNeeds, type Need, tellAsked, tellSettled } from "@/components/ui/presence";
import { whatHinders } from "@/components/ui/send-guard";

interface SignInAgainProps {
  personId: string;
  email: string;
  /** After how many minutes of quiet somebody in this area is signed out. */
  minutes: number;
  /** The name passkeys are bound to here; null where there are none. */
  relyingParty: string | null;
}

/**
 * Asks over the page, and only when it must: for the password after the session has ended, for the second step before
 * money or rights move. The page stays as it is, with everything typed.
 */
export function SignInAgain({ personId, email, minutes, relyingParty }: SignInAgainProps) {
  const t = useTranslations("again");
  const [need, setNeed] = useState<Need | null>(null);

  // What somebody else left on a shared computer goes as soon as another person is signed in.
  useEffect(() => {
    forgetOthers(personId);
    void forgetPages(personId);
  }, [personId]);

  useEffect(() => {
    const look = () => {
      // Coming back to the tab: whoever sits here learns at once, not after an hour of writing.
      if (document.visibilityState === "visible") void whatHinders();
    };
    const stop = hearNeeds(personId, (told) => {
      if (told.kind === "somebody_else") window.location.reload();
      else setNeed(told);
    });
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", look);
    };
  }, [personId]);

  // The page behind says the same; one of both is enough. It speaks again when nobody signed in.
  useEffect(() => {
    tellAsked(need !== null);
    return () => tellAsked(false);
  }, [need]);

  const settle = (settled: string) => {
    if (settled !== personId) {
      window.location.reload();
      return;
    }
    setNeed(null);
    tellSettled();
    if (need?.kind === "step_up") need.again();
  };

  const isConfirming = need?.kind === "step_up";
  const title = t(isConfirming ? "confirm.title" : "title");
  return (
    <Dialog label={title} open={need !== null} close={() => setNeed(null)} className="max-w-md">
      <div className="space-y-gap-m p-gap-m">
        <h2 className="text-lg">{title}</h2>
        <p>{isConfirming ? t("confirm.lead") : t("lead", { minutes })}</p>
        <AgainForm key={title} {...{ email, isConfirming, relyingParty, settle }} />
      </div>
    </Dialog>
  );
}
