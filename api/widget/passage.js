// A source, opened in place: the passage with the quoted words marked, where it stands, and why it was shown.

import { icon, make, unique } from "./dom.js";
import { day, details, place, reviewed, say } from "./wording.js";
import { reasons } from "./why.js";

const DOWN = "M6 9l6 6 6-6";

export class Source {
  /** `answer` is the whole answer as far as it has come; `modality` that of the sentence which rests on it. */
  constructor(citation, modality, answer, service) {
    Object.assign(this, { citation, modality, answer, service });
    const name = say("source", citation);
    const id = unique("passage");
    this.panel = make("div", { class: "passage", id, role: "group", "aria-label": name, hidden: true });
    const opens = { type: "button", "aria-controls": id, "aria-expanded": "false", onclick: () => this.toggle() };
    this.button = make(
      "button",
      { class: "source", ...opens },
      make("span", { class: "number" }, String(citation.number)),
      make(
        "span",
        { class: "where" },
        make("span", { class: "title" }, citation.title),
        make("span", { class: "at" }, [...details(citation), reviewed(citation)].join(" · ")),
      ),
      icon(DOWN),
    );
    // The same for a finger on the number in the text; the keyboard has the button below.
    this.mark = make("button", { class: "mark", tabindex: "-1", "aria-label": name, ...opens }, String(citation.number));
  }

  async toggle() {
    const open = this.panel.hidden;
    this.panel.hidden = !open;
    for (const button of [this.button, this.mark]) button.setAttribute("aria-expanded", String(open));
    if (!open || this.passage) return;
    this.fill(null);
    try {
      const { document_id: id, version, start, end } = this.citation;
      this.passage = await this.service.read(`/v1/passages/${id}/${version}/${start}-${end}`);
      this.fill(this.passage);
    } catch {
      this.panel.append(make("p", { class: "quiet" }, say("passage_missing")));
    }
  }

  fill(passage) {
    const { citation, modality } = this;
    const focused = this.panel.contains(this.panel.getRootNode().activeElement);
    const { before, after } = passage ?? { before: "", after: "" };
    const trail = citation.heading_trail.length ? citation.heading_trail : [citation.title];
    const why = reasons(this.answer(), citation, before + citation.quote + after);
    const verb = modality && make("strong", { class: `verb ${modality}` }, modality);
    this.panel.replaceChildren(
      make("p", { class: "trail" }, trail.join(" › ")),
      make("blockquote", {}, before, make("mark", {}, citation.quote), after),
      ...(verb ? [make("p", { class: "binds" }, verb, " ", say(`modality.${modality}`))] : []),
      this.facts(passage),
      make("p", { class: "why" }, make("strong", {}, say("why.heading")), " ", why.join(" ")),
      this.links(passage),
    );
    if (focused) this.panel.querySelector("a").focus();
  }

  facts(passage) {
    const { citation } = this;
    const facts = [];
    if (/^\d/.test(citation.anchor)) facts.push(["paragraph", citation.anchor]);
    if (citation.page) facts.push(["page", String(citation.page)]);
    facts.push(["version", String(citation.version) + state(citation, passage)]);
    if (citation.last_reviewed) facts.push(["reviewed", day(citation.last_reviewed)]);
    if (passage?.next_review) {
      facts.push(["next", day(passage.next_review) + (passage.overdue ? ` (${say("facts.overdue")})` : "")]);
    }
    return make(
      "dl",
      {},
      ...facts.map(([name, value]) => make("div", {}, make("dt", {}, say(`facts.${name}`)), make("dd", {}, value))),
    );
  }

  links(passage) {
    const link = (path, words) =>
      make(
        "a",
        { href: this.service.address(path), target: "_blank", rel: "noopener" },
        words,
        make("span", { class: "spoken" }, ` (${place(this.citation)}; ${say("new_tab")})`),
      );
    const links = [link(this.citation.url, say("open_source"))];
    if (passage?.page_url) links.push(link(passage.page_url, say("open_page", { number: this.citation.page })));
    return make("p", { class: "links" }, ...links);
  }
}

function state(citation, passage) {
  if (!passage) return "";
  if (passage.withdrawn) return ` (${say("facts.withdrawn")})`;
  const newest = passage.current_version;
  return ` (${newest === citation.version ? say("facts.current") : say("facts.older", { number: newest })})`;
}
