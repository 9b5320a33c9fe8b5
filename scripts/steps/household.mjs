import { setTimeout as pause } from "node:timers/promises";
import { endLeft } from "./run.mjs";
import { say, sentence } from "./say.mjs";

const MINUTE_MS = 60_000;
const FALLS_MAX = 5;
const FIRST_PAUSE_MS = 250;

/**
 * The processes of one start. Each is begun again with growing pauses when it falls; one that falls more often than
 * five times a minute gives up for all.
 */
export function household({ note, giveUp }) {
  const members = [];
  let closing = false;

  function noteAll() {
    note({
      children: members
        .filter((member) => member.running)
        .map(({ name, running }) => ({ name, ...running.who })),
    });
  }

  async function begin(member) {
    const launched = (running) => {
      member.running = running;
      noteAll();
      // Told to stop while this one was being begun.
      if (closing) void running.stop();
    };
    try {
      launched(await member.begin(launched));
    } catch (failure) {
      member.running = null;
      throw failure;
    }
    member.running.exited.then((how) => fallen(member, how));
  }

  async function fallen(member, how) {
    member.running = null;
    if (closing) return;
    say(`The ${member.name} ended unexpectedly (${how}); it is started again.`);
    while (!closing) {
      const now = Date.now();
      member.falls = [...member.falls.filter((at) => now - at < MINUTE_MS), now];
      if (member.falls.length > FALLS_MAX) {
        return void giveUp(
          `The ${member.name} ended ${member.falls.length} times within a minute. See ${member.log}`,
        );
      }
      await pause(FIRST_PAUSE_MS * 2 ** (member.falls.length - 1));
      if (closing) return;
      try {
        return await begin(member);
      } catch (failure) {
        say(sentence(failure));
      }
    }
  }

  return {
    /** Begins a member; higher ranks end first, equal ones together. */
    async add({ name, rank, log, begin: how }) {
      const member = { name, rank, log, begin: how, running: null, falls: [] };
      members.push(member);
      await begin(member);
      return member;
    },
    async stop() {
      closing = true;
      const ranks = [...new Set(members.map(({ rank }) => rank))].sort((a, b) => b - a);
      for (const rank of ranks) {
        const same = members.filter((member) => member.rank === rank);
        await Promise.all(same.map((member) => member.running?.stop()));
      }
    },
    /** For a second Ctrl-C. */
    kill: () => endLeft(members.filter(({ running }) => running).map(({ running }) => running.who)),
  };
}
