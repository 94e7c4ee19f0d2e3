// What to do when a child is at risk: always on the screen, and made from what the script brought with it.

import { make } from "./dom.js";
import { SERVED } from "./served.js";
import { say } from "./wording.js";

const DIALLED = /\b999\b|(?:\+44|\b0)[\d ]{8,13}\d\b/g;

export class Strip {
  /** Numbers given as attributes of `element` come before those of the service. */
  constructor(element) {
    this.element = make("div", { class: "strip", role: "note", "aria-label": say("at_risk") });
    this.isGiven = ["front-door", "front-door-phone", "out-of-hours-phone"].some((name) => element.hasAttribute(name));
    this.show(this.isGiven ? worded(element) : SERVED.signpost.text);
  }

  /** The signpost as an answer brought it: newer than the script, but not than the page's own numbers. */
  update(signpost) {
    if (signpost && !this.isGiven) this.show(signpost);
  }

  urge(isUrgent) {
    this.element.classList.toggle("urgent", isUrgent);
  }

  show(text) {
    if (this.text === text) return;
    this.text = text;
    const [now, ...rest] = text.split(/(?<=\.)\s+/);
    this.element.replaceChildren(
      make("p", { class: "now" }, ...dialled(now)),
      make("p", { class: "else" }, ...dialled(rest.join(" "))),
    );
  }
}

function worded(element) {
  const { parts, name, phone, outOfHours } = SERVED.signpost;
  const given = (attribute, otherwise) => element.getAttribute(attribute) ?? otherwise;
  const door = given("front-door-phone", phone);
  const late = given("out-of-hours-phone", outOfHours);
  return [
    parts.emergency,
    parts.front_door.replace("{name}", given("front-door", name)),
    door && parts.front_door_phone.replace("{phone}", door),
    late && parts.out_of_hours.replace("{phone}", late),
  ].filter(Boolean).join(" ");
}

function dialled(text) {
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(DIALLED)) {
    pieces.push(text.slice(at, match.index));
    pieces.push(make("a", { href: `tel:${match[0].replaceAll(" ", "")}` }, match[0]));
    at = match.index + match[0].length;
  }
  return [...pieces, text.slice(at)];
}
