// <safeguarding-assistant>: the assistant in any page, as a button in the corner or in place.

import { icon, make } from "./dom.js";
import { STYLES } from "./served.js";
import { Talk } from "./talk.js";
import { say } from "./wording.js";

const CROSS = "M6 6l12 12M18 6L6 18";
const BUBBLE = "M4 5h16v11H10l-4 4v-4H4z";

class SafeguardingAssistant extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    // What the page shows without a script has done its work; words typed there already are kept.
    const typed = this.querySelector("textarea")?.value;
    this.replaceChildren();
    const root = this.attachShadow({ mode: "open" });
    dress(root);
    this.talk = new Talk(this);
    if (this.getAttribute("mode") === "inline") this.stand(root);
    else this.dock(root);
    if (typed) this.talk.change(typed);
  }

  /** In place: a part of the page. */
  stand(root) {
    root.append(this.talk.element);
    this.talk.prepare();
  }

  /** In the corner: a button that opens a panel, which fills a small screen. */
  dock(root) {
    const words = this.getAttribute("label") ?? say("launch");
    const opens = { "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => this.show() };
    this.launcher = make("button", { type: "button", class: "launch", ...opens }, icon(BUBBLE), make("span", {}, words));
    this.docked = make("div", { class: "dock", lang: "en-GB", role: "region", "aria-label": say("title") },
      make("p", { class: "now" }, say("launch_danger"), " ", make("a", { href: "tel:999" }, "999")),
      this.launcher);
    const closes = { type: "button", "aria-label": say("close"), onclick: () => this.hide() };
    const head = make("div", { class: "head" },
      make("p", { class: "name" }, say("title")),
      make("button", { class: "close", ...closes }, icon(CROSS)));
    const hears = {
      onclose: () => this.closed(),
      onkeydown: (event) => event.key === "Escape" && this.hide(),
    };
    const named = { class: "panel", lang: "en-GB", "aria-label": say("title") };
    this.panel = make("dialog", { ...named, ...hears }, head, this.talk.element);
    root.append(this.docked, this.panel);
    if (this.hasAttribute("open")) this.show();
  }

  show() {
    if (this.panel.open) return;
    // A small screen is filled: what is behind must be out of reach.
    if (window.matchMedia("(max-width: 40em), (max-height: 30em)").matches) this.panel.showModal();
    else this.panel.show();
    this.docked.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    this.talk.prepare();
    this.talk.composer.box.focus({ preventScroll: true });
  }

  hide() {
    this.panel.close();
  }

  closed() {
    this.docked.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.focus();
  }
}

/** A strict policy of the page forbids style elements, but not sheets that a script has made. */
function dress(root) {
  if ("adoptedStyleSheets" in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
  } else root.append(make("style", {}, STYLES));
}

if (!customElements.get("safeguarding-assistant")) {
  customElements.define("safeguarding-assistant", SafeguardingAssistant);
}
