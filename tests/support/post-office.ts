import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";

/** A mail server that takes every mail, or refuses every one while `isOpen` is false. */
export class PostOffice {
  readonly taken: string[] = [];
  isOpen = true;
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => {
      let heard = "";
      let isLetter = false;
      const say = (line: string) => socket.write(`${line}\r\n`);
      say("220 post office");
      socket.on("error", () => socket.destroy());
      socket.on("data", (bytes) => {
        heard += bytes.toString();
        for (;;) {
          const end = isLetter ? "\r\n.\r\n" : "\r\n";
          const at = heard.indexOf(end);
          if (at < 0) return;
          const told = heard.slice(0, at);
          heard = heard.slice(at + end.length);
          if (isLetter) {
            this.taken.push(told);
            isLetter = false;
            say("250 taken");
          } else if (/^DATA/i.test(told)) {
            isLetter = true;
            say("354 go on");
          } else if (/^QUIT/i.test(told)) socket.end("221 bye\r\n");
          else say(/^MAIL/i.test(told) && !this.isOpen ? "450 closed" : "250 good");
        }
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }
}
