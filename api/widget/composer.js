// Where a question is typed. Details of real people are pointed out before anything is sent.

import { findDetails, withoutDetails } from "./case-data.js";
import { make, unique } from "./dom.js";
import { SERVED } from "./served.js";
import { say } from "./wording.js";

const PAUSE = 400;

export class Composer {
  /** `onask(question)` when a question is sent, `onstop()` when it is to be left. */
  constructor(announcer, { onask, onstop }) {
    Object.assign(this, { announcer, onask, busy: false });
    const ids = { box: unique("question"), hint: unique("hint"), warning: unique("warning") };
    this.label = make("label", { for: ids.box }, say("question"));
    this.warning = make("div", { class: "warning", id: ids.warning });
    this.box = make("textarea", {
      id: ids.box,
      rows: "3",
      maxlength: String(SERVED.most),
      autocomplete: "off",
      "aria-describedby": `${ids.hint} ${ids.warning}`,
      oninput: () => this.typed(),
      onkeydown: (event) => this.pressed(event),
    });
    this.send = make("button", { class: "main" }, say("ask"));
    this.stop = make("button", { type: "button", class: "plain", hidden: true, onclick: onstop }, say("stop"));
    this.element = make("form", { class: "composer", novalidate: true, onsubmit: (event) => this.submitted(event) },
      this.label,
      make("p", { class: "hint", id: ids.hint }, say("hint")),
      this.box,
      this.warning,
      make("p", { class: "acts" }, this.send, this.stop));
    for (const name of ["online", "offline"]) window.addEventListener(name, () => this.look());
  }

  /** While a question is being answered it can be stopped; the next one may be typed, and not yet sent. */
  setBusy(busy) {
    this.busy = busy;
    const focused = this.element.getRootNode().activeElement;
    this.send.hidden = busy;
    this.stop.hidden = !busy;
    if (focused === this.send && busy) this.stop.focus();
    if (focused === this.stop && !busy) this.box.focus();
  }

  /** On a screen for fingers the keyboard would lie over the answer. */
  putAway() {
    if (window.matchMedia("(hover: none) and (pointer: coarse)").matches) this.box.blur();
  }

  setText(text) {
    this.box.value = text;
    this.look();
    this.box.focus();
  }

  typed() {
    this.box.removeAttribute("aria-invalid");
    clearTimeout(this.clock);
    this.clock = setTimeout(() => this.look(), PAUSE);
  }

  pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submitted(event);
  }

  submitted(event) {
    event.preventDefault();
    if (this.busy) return;
    const question = this.box.value.trim();
    if (!question) {
      this.box.setAttribute("aria-invalid", "true");
      this.tell("empty", say("empty"));
      this.box.focus();
      return;
    }
    clearTimeout(this.clock);
    this.box.value = "";
    this.look();
    this.onask(question);
  }

  /** Show what the box seems to hold, where it should not. */
  look() {
    const details = findDetails(this.box.value);
    if (details.length) {
      const kinds = [...new Set(details.map(({ kind }) => kind))];
      const named = new Intl.ListFormat("en-GB").format(kinds.map((kind) => say(`details.${kind}`)));
      this.tell(`details:${kinds}`, say("details.found", { kinds: named }), () => this.takeOut());
    } else if (this.box.value.length >= SERVED.most) {
      this.tell("long", say("too_long", { most: SERVED.most.toLocaleString("en-GB") }));
    } else if (navigator.onLine === false) {
      this.tell("offline", say("offline"));
    } else {
      this.tell("", "");
    }
  }

  takeOut() {
    this.setText(withoutDetails(this.box.value, findDetails(this.box.value)));
    this.announcer.say(say("details.taken_out"));
  }

  /** The same is not told twice. */
  tell(what, words, does = null) {
    if (this.told === what) return;
    this.told = what;
    const act = does && make("button", { type: "button", class: "plain", onclick: does }, say("details.take_out"));
    this.warning.replaceChildren(...(words ? [make("p", {}, words), ...(act ? [act] : [])] : []));
    if (words) this.announcer.say(words);
  }
}
