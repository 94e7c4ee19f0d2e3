// The conversation: what was asked and said, in order, and what can be done with it.

import { Announcer } from "./announcer.js";
import { Composer } from "./composer.js";
import { make } from "./dom.js";
import { Memory } from "./memory.js";
import { SERVED, WORDS } from "./served.js";
import { Service } from "./service.js";
import { Strip } from "./strip.js";
import { download, print } from "./taking-away.js";
import { Turn } from "./turn.js";
import { say } from "./wording.js";

const SLOW = 8_000;

export class Talk {
  /** `element` is the custom element, with its attributes. */
  constructor(element) {
    this.level = Number(element.getAttribute("heading-level")) || 2;
    this.asker = element.getAttribute("asker");
    this.service = new Service(element.getAttribute("service") ?? SERVED.base);
    this.memory = new Memory(this.service.base, element.getAttribute("memory") !== "page");
    this.announcer = new Announcer();
    this.strip = new Strip(element);
    this.composer = new Composer(this.announcer, {
      onask: (question) => this.ask(question),
      onstop: () => this.abort?.abort(),
    });
    this.intro = this.introduction();
    this.turns = make("div", { class: "turns" });
    this.tools = this.toolbar();
    this.scroller = make("div", { class: "talk" },
      make("div", { class: "inner" },
        make("div", { class: "column" },
          this.intro, this.turns, this.composer.element, this.examples, this.tools,
          make("p", { class: "quiet kept" }, kept())),
        this.legend()));
    this.element = make("section", { class: "frame", lang: "en-GB", "aria-label": say("title") },
      this.strip.element, this.scroller, ...this.announcer.elements);
    new ResizeObserver(() => this.measure()).observe(this.strip.element);
    for (const answer of this.memory.answers) this.restore(answer);
    this.changed();
  }

  /** What is gone to must not come to lie under the strip. */
  measure() {
    this.element.style.setProperty("--strip", `${this.strip.element.offsetHeight}px`);
  }

  /** A heading `below` the widget's own. */
  heading(below, properties, ...children) {
    return make(`h${Math.min(this.level + below, 6)}`, properties, ...children);
  }

  introduction() {
    this.examples = make("div", { class: "examples" });
    return make("div", { class: "intro" },
      this.heading(0, { class: "title" }, say("heading")),
      make("p", { class: "lead" }, say("lead")));
  }

  /** What the binding verbs mean, where there is room beside the conversation. */
  legend() {
    const verbs = Object.entries(WORDS.modality).flatMap(([verb, meaning]) => [
      make("dt", {}, make("span", { class: `verb ${verb}` }, verb)), make("dd", {}, meaning)]);
    return make("div", { class: "legend" }, this.heading(1, { class: "label" }, say("verbs")), make("dl", {}, ...verbs));
  }

  toolbar() {
    const tool = (words, does) => make("button", { type: "button", class: "plain", onclick: does }, words);
    this.takeaways = [
      tool(say("print"), () => print(this.memory.answers, this.service)),
      tool(say("download"), () => download(this.memory.answers, this.service)),
    ];
    return make("div", { class: "tools acts" }, ...this.takeaways, tool(say("afresh"), () => this.afresh()));
  }

  /** Once it is seen: questions that the library's own headings suggest, and how large it is. */
  async prepare() {
    if (this.library) return;
    this.library = {};
    try {
      this.library = await this.service.read("/v1/suggestions");
    } catch {
      // Suggestions are no need; a question will tell what is wrong.
      this.library = null;
      return;
    }
    const { suggestions, documents } = this.library;
    if (!documents) this.examples.append(make("p", { class: "message" }, say("no_documents")));
    if (!suggestions.length) return;
    const choose = ({ question, title, heading }) =>
      make("li", {}, make("button", { type: "button", class: "example", onclick: () => this.ask(question) },
        make("span", {}, heading), make("span", { class: "quiet" }, title)));
    this.examples.append(this.heading(1, { class: "label" }, say("suggestions")), make("ul", {}, ...suggestions.map(choose)));
  }

  async ask(question, place = null, safe = false) {
    if (this.composer.busy) return;
    this.abort = new AbortController();
    const turn = new Turn(question, this);
    if (place) place.replaceWith(turn.element);
    else this.turns.append(turn.element);
    this.changed();
    this.composer.setBusy(true);
    this.strip.urge(false);
    turn.showProgress(this.searching());
    this.announcer.hush();
    this.toast?.remove();
    this.announcer.say(this.searching());
    this.composer.putAway();
    turn.show();
    const slow = setTimeout(() => this.wait(turn), SLOW);
    try {
      const body = { question, conversation_id: this.memory.id, role: this.asker, no_immediate_danger: safe };
      for await (const event of this.service.ask(body, this.abort.signal)) {
        clearTimeout(slow);
        if (event.name === "status") this.heed(event.content);
        turn.take(event);
        // A page too short to bring it to the top grows with what comes; the strip may have grown, too.
        this.measure();
        turn.show();
      }
      this.memory.add(turn.answer);
      this.announcer.say(turn.spoken());
    } catch (fault) {
      const words = say(`faults.${fault.kind ?? "broken"}`, { seconds: fault.seconds });
      turn.fail(words);
      this.announcer.say(words);
    } finally {
      clearTimeout(slow);
      this.composer.setBusy(false);
      this.changed();
    }
  }

  searching() {
    const { passages, documents } = this.library ?? {};
    if (!passages) return say("progress.searching");
    const count = (number) => number.toLocaleString("en-GB");
    return say("progress.searching_in", { passages: count(passages), documents: count(documents) });
  }

  wait(turn) {
    turn.showProgress(say("progress.slow"));
    this.announcer.say(say("progress.slow"));
  }

  /** Danger comes before everything else. */
  heed(status) {
    this.strip.update(status.signpost);
    if (status.status === "immediate_danger") this.warn(status.message, status.signpost);
  }

  warn(message, signpost) {
    this.strip.update(signpost);
    this.strip.urge(true);
    this.announcer.alert([message, signpost].filter(Boolean).join(" "));
  }

  again(turn) {
    if (turn.answer) this.memory.drop(turn.answer);
    return this.ask(turn.question, turn.element);
  }

  change(question) {
    this.composer.setText(question);
  }

  took(copying) {
    copying.then((done) => this.notice(say(done ? "copied" : "copy_failed")));
  }

  /** Something small that happened, seen and heard. */
  notice(words) {
    this.toast?.remove();
    this.toast = make("p", { class: "toast" }, words);
    this.element.append(this.toast);
    this.announcer.say(words);
    setTimeout((toast) => toast.remove(), 4_000, this.toast);
  }

  restore(answer) {
    const turn = new Turn(answer.question, this);
    turn.showAnew(answer);
    turn.finish(answer);
    this.turns.append(turn.element);
  }

  afresh() {
    this.abort?.abort();
    this.memory.clear();
    this.turns.replaceChildren();
    this.strip.urge(false);
    this.changed();
    this.notice(say("afresh_done"));
    this.composer.box.focus();
  }

  /** What is on offer depends on whether anything was asked. */
  changed() {
    const begun = this.turns.childElementCount > 0;
    this.intro.classList.toggle("begun", begun);
    this.examples.hidden = begun;
    this.tools.hidden = !begun;
    for (const tool of this.takeaways) tool.hidden = this.memory.answers.length === 0;
    this.composer.label.textContent = say(begun ? "another" : "question");
  }
}

function kept() {
  const days = SERVED.keptDays;
  return [say("kept_tab"), days ? say("kept_days", { days }) : say("kept_not")].join(" ");
}
