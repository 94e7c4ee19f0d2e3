// The conversation, in this tab and nowhere else; what was not to be kept is not put down here either.

const PREFIX = "safeguarding-assistant:";

export class Memory {
  /** Without `inTab` it lasts as long as the page. Where the browser forbids storage, so it does. */
  constructor(service, inTab) {
    this.key = PREFIX + service;
    this.storage = inTab ? storageOf() : null;
    const kept = this.restore();
    this.id = kept?.id ?? newId();
    this.answers = kept?.answers ?? [];
  }

  add(answer) {
    if (!answer.question) return;
    this.answers.push(answer);
    this.write();
  }

  /** Take an answer out again, since it is asked for anew. */
  drop(answer) {
    this.answers = this.answers.filter((other) => other !== answer);
    this.write();
  }

  clear() {
    this.id = newId();
    this.answers = [];
    this.storage?.removeItem(this.key);
  }

  write() {
    try {
      this.storage?.setItem(this.key, JSON.stringify({ id: this.id, answers: this.answers }));
    } catch {
      // Full: the page itself still has it.
    }
  }

  restore() {
    try {
      return JSON.parse(this.storage?.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }
}

function storageOf() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** 32 hexadecimal digits: whoever knows the id can open the conversation, so it must not be guessed. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
