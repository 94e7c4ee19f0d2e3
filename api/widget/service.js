// The service over HTTP: questions as a stream of events, and every fault as one of a few kinds.

/** `kind` names an entry under `faults` in wording.yaml; `seconds` is how long to wait, where that is known. */
export class Fault extends Error {
  constructor(kind, seconds = null) {
    super(kind);
    this.kind = kind;
    this.seconds = seconds;
  }
}

const LONGEST = 60_000;

export class Service {
  constructor(base) {
    this.base = base;
  }

  /** The address of a path of the service. */
  address(path) {
    return new URL(path, this.base).href;
  }

  /** The events of an answer, `{name, content}` each. Throws Fault; an abort of `signal` is the fault "stopped". */
  async *ask(body, signal) {
    const late = new AbortController();
    const clock = setTimeout(() => late.abort(), LONGEST);
    const stop = () => late.abort();
    signal.addEventListener("abort", stop);
    try {
      const response = await this.send("/v1/questions", body, late.signal, "text/event-stream");
      let finished = false;
      for await (const event of eventsOf(response.body)) {
        if (event.name === "error") throw faultOf(event.content.status, null);
        finished ||= event.name === "answer";
        yield event;
      }
      if (!finished) throw new Fault("cut_off");
    } catch (error) {
      if (signal.aborted) throw new Fault("stopped");
      if (late.signal.aborted) throw new Fault("slow");
      throw error instanceof Fault ? error : new Fault("cut_off");
    } finally {
      clearTimeout(clock);
      signal.removeEventListener("abort", stop);
      late.abort();
    }
  }

  async read(path) {
    return (await this.fetch(path, {})).json();
  }

  /** POST as JSON. Throws Fault. */
  async send(path, body, signal, accept = "application/json") {
    const headers = { "Content-Type": "application/json", Accept: accept };
    return this.fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
  }

  async fetch(path, options) {
    const guarded = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", ...options };
    let response;
    try {
      response = await fetch(this.address(path), guarded);
    } catch {
      throw new Fault(navigator.onLine === false ? "offline" : "unreachable");
    }
    if (!response.ok) throw faultOf(response.status, response.headers.get("Retry-After"));
    return response;
  }
}

function faultOf(status, retryAfter) {
  if (status === 429) {
    const seconds = Number.parseInt(retryAfter, 10);
    return seconds > 0 ? new Fault("busy_seconds", seconds) : new Fault("busy");
  }
  return new Fault(status >= 500 ? "broken" : "refused");
}

async function* eventsOf(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (waiting + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
    waiting = blocks.pop();
    for (const block of blocks) {
      const fields = block.split(/\r?\n/).map((line) => /^(event|data): ?(.*)$/.exec(line)).filter(Boolean);
      const data = fields.filter((field) => field[1] === "data").map((field) => field[2]);
      const name = fields.find((field) => field[1] === "event")?.[2] ?? "message";
      if (data.length) yield { name, content: JSON.parse(data.join("\n")) };
    }
  }
}
