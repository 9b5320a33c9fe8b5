import { describe, expect, it } from "vitest";
import { postMessageForm } from "@/lib/messages/forms";
import { MESSAGE_MAX } from "@/lib/messages/message";

describe("the form of a message", () => {
  it("refuses what is too long with a sentence, and cuts nothing", () => {
    const refused = postMessageForm.safeParse({ body: "a".repeat(MESSAGE_MAX + 1) });
    expect(refused.error?.issues[0]?.message).toBe("At most 5000 characters.");
    expect(postMessageForm.parse({ body: "a".repeat(MESSAGE_MAX) }).body).toHaveLength(MESSAGE_MAX);
  });

  it("counts a new line as one character, as the page does", () => {
    const lines = `${"a\r\n".repeat(MESSAGE_MAX / 2 - 1)}aa`;
    expect(postMessageForm.parse({ body: `\r\n ${lines}` }).body).toBe(lines.replaceAll("\r\n", "\n"));
  });
});
