"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { HindranceNotice } from "@/components/ui/hindrance-notice";
import { Told } from "@/components/ui/told";

interface ToldStatesProps {
  hindrance: { title: string; message: string; link: { href: string; label: string } };
  words: { told: string; undo: string; close: string; open: string; dialog: string };
}

/** What is said after an act: why it could not be sent, what was done, and the box over the page. */
export function ToldStates({ hindrance, words }: ToldStatesProps) {
  const [isOpen, setOpen] = useState(false);
  const [isTold, setTold] = useState(true);
  const hide = () => setTold(false);
  const { title, message, link } = hindrance;
  return (
    <div data-density="dense" className="space-y-gap-m">
      <HindranceNotice title={title} message={message} link={link} occasion={null} />
      <HindranceNotice title={title} message={message} link={null} occasion={null} />
      {/* What stands at the foot of the page stands here at the foot of this box. */}
      <div className="relative h-36 border-b border-line [transform:translateZ(0)]">
        <Told closeLabel={words.close} close={hide} undo={{ label: words.undo, run: hide }}>
          {isTold ? words.told : null}
        </Told>
      </div>
      <Button onClick={() => setOpen(true)}>{words.open}</Button>
      <Dialog label={words.open} open={isOpen} close={() => setOpen(false)}>
        <div className="space-y-gap-m p-gap-m">
          <p>{words.dialog}</p>
          <Button data-autofocus onClick={() => setOpen(false)}>
            {words.close}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
