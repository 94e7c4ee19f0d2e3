// What is said aloud: two quiet regions that screen readers listen to.

import { make } from "./dom.js";

export class Announcer {
  constructor() {
    this.polite = make("div", { class: "spoken", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.urgent = make("div", { class: "spoken", role: "alert", "aria-live": "assertive", "aria-atomic": "true" });
    this.elements = [this.polite, this.urgent];
  }

  /** When whatever is being said is finished. */
  say(words) {
    this.polite.textContent = words;
  }

  /** At once. */
  alert(words) {
    this.urgent.textContent = words;
  }

  hush() {
    this.polite.textContent = "";
    this.urgent.textContent = "";
  }
}
