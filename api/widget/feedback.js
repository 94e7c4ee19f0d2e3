// Useful or not, and why not.

import { make, unique } from "./dom.js";
import { WORDS } from "./served.js";
import { say } from "./wording.js";

export class Feedback {
  constructor(answerId, talk) {
    Object.assign(this, { answerId, talk });
    const label = unique("useful");
    const choose = (words, does) =>
      make("button", { type: "button", class: "plain", "aria-describedby": label, onclick: does }, words);
    this.element = make("div", { class: "feedback" },
      make("p", { class: "acts" },
        make("span", { class: "label", id: label }, say("feedback.ask")),
        choose(say("feedback.useful"), () => this.send({ useful: true })),
        choose(say("feedback.not_useful"), () => this.askWhy())));
  }

  askWhy() {
    if (this.form) return;
    const name = unique("reason");
    const [comment, hint] = [unique("comment"), unique("hint")];
    const choices = Object.entries(WORDS.feedback.reasons).map(([reason, words]) =>
      make("label", { class: "choice" }, make("input", { type: "radio", name, value: reason }), make("span", {}, words)));
    this.form = make("form", { onsubmit: (event) => this.submit(event) },
      make("fieldset", {}, make("legend", {}, say("feedback.reason")), ...choices),
      make("label", { for: comment }, say("feedback.comment")),
      make("p", { class: "hint", id: hint }, say("feedback.hint")),
      make("textarea", { id: comment, rows: "2", maxlength: "1000", "aria-describedby": hint }),
      make("p", { class: "acts" }, make("button", { class: "main" }, say("feedback.send"))));
    this.element.append(this.form);
    this.form.querySelector("input").focus();
  }

  submit(event) {
    event.preventDefault();
    const reason = this.form.querySelector("input:checked")?.value ?? null;
    return this.send({ useful: false, reason, comment: this.form.querySelector("textarea").value || null });
  }

  async send(opinion) {
    try {
      const response = await this.talk.service.send("/v1/feedback", { answer_id: this.answerId, ...opinion });
      // A comment that tells of danger is answered, and not kept.
      const words = response.status === 200 ? await this.warned(response) : say("feedback.thanks");
      this.element.replaceChildren(make("p", { class: "thanks", tabindex: "-1" }, words));
      this.element.firstChild.focus();
      this.talk.announcer.say(words);
    } catch {
      this.element.querySelector(".failed")?.remove();
      this.element.append(make("p", { class: "failed" }, say("feedback.failed")));
      this.talk.announcer.say(say("feedback.failed"));
    }
  }

  async warned(response) {
    const { message, signpost } = await response.json();
    this.talk.warn(message, signpost);
    return message;
  }
}
