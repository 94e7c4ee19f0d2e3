// One question and what is said to it, as it comes in.

import { make } from "./dom.js";
import { Feedback } from "./feedback.js";
import { Source } from "./passage.js";
import { copied } from "./taking-away.js";
import { place, say, shownVerb } from "./wording.js";

const BAR = " | ";
// More than the strip grows by, in pixels.
const AWAY = 80;

export class Turn {
  /** `talk` is told what the person wants next: `again(turn)`, `ask(question)`, `change(question)`. */
  constructor(question, talk) {
    Object.assign(this, { question, talk, sentences: [], citations: [], answer: null });
    this.asked = talk.heading(1, { class: "asked" });
    this.progress = make("p", { class: "progress" });
    this.body = make("div", { class: "reply" });
    this.element = make("article", { class: "turn" }, this.asked, this.body, this.progress);
    this.showQuestion(question);
  }

  showQuestion(words) {
    this.asked.replaceChildren(make("span", {}, say("asked")), words);
  }

  /** Brought to the top, unless it was scrolled away from since. */
  show() {
    const top = () => this.element.getBoundingClientRect().top;
    if (Math.abs(top() - (this.seenAt ?? top())) > AWAY) return;
    this.element.scrollIntoView({ block: "start" });
    this.seenAt = top();
  }

  /** What is being done, in words. */
  showProgress(words) {
    this.progress.textContent = words;
  }

  /** One event of the stream. */
  take({ name, content }) {
    if (name === "progress") this.showProgress(content.text);
    if (name === "status") this.begin(content);
    if (name === "sentence") this.addSentence(content);
    if (name === "citation") this.addCitation(content);
    if (name === "answer") this.finish(content);
  }

  begin(status) {
    this.status = status;
    if (["case_data", "immediate_danger"].includes(status.status)) this.showQuestion(say("not_kept"));
    const urgent = status.status === "immediate_danger";
    if (status.message) this.body.append(make("p", { class: `message ${status.status}` }, status.message));
    else this.showProgress(say("progress.checking"));
    for (const notice of status.notices ?? []) this.body.append(make("p", { class: `message notice ${notice.kind}` }, notice.text));
    // The strip has the number as well; whoever has just told of danger must not look for it.
    if (urgent) this.body.append(make("p", { class: "acts" }, make("a", { class: "ring", href: "tel:999" }, say("ring"))));
    if (status.suggestion) this.offer(status.suggestion, urgent);
    else if (urgent && this.question) this.body.append(make("p", { class: "acts" }, this.dismissal(this.question)));
  }

  /** The rules that see danger err on the safe side; the person knows better. */
  dismissal(question) {
    const answer = () => this.talk.ask(question, this.element, true);
    return make("button", { type: "button", class: "plain", onclick: answer }, say("nobody_in_danger"));
  }

  /** The question without case data: one tap asks it. */
  offer(suggestion, urgent) {
    const act = (words, kind, does) => make("button", { type: "button", class: kind, onclick: does }, words);
    const ask = urgent ? this.dismissal(suggestion) : act(say("ask_this"), "main", () => this.talk.ask(suggestion));
    this.body.append(
      make("div", { class: "offer" },
        make("p", { class: "label" }, say("suggested")),
        make("blockquote", {}, suggestion),
        make("p", { class: "acts" },
          ask,
          act(say("change_first"), "plain", () => this.talk.change(suggestion)))),
    );
  }

  addSentence(sentence) {
    this.sentences.push(sentence);
    const marks = make("span", { class: "marks" });
    const verb = shownVerb(sentence);
    const words = make("p", { class: "words" },
      verb ? make("strong", { class: `verb ${verb}` }, verb) : null,
      verb ? " " : null,
      this.text(sentence), " ", marks);
    const list = this.group(sentence.group);
    // An item means little without its lead-in, and stands below it on the same card.
    const lead = sentence.is_item && list.lastElementChild;
    const item = lead || make("li", { class: "said" });
    if (lead) words.classList.add("item");
    item.insertBefore(words, item.querySelector(".source"));
    if (!lead) list.append(item);
    sentence.shown = { item, marks };
    for (const citation of this.citations) this.cite(sentence, citation);
  }

  addCitation(citation) {
    if (this.citations.some((other) => other.number === citation.number)) return;
    this.citations.push(citation);
    for (const sentence of this.sentences) this.cite(sentence, citation);
  }

  cite(sentence, citation) {
    if (!sentence.citations.includes(citation.number)) return;
    const source = new Source(citation, sentence.modality, () => this.answer ?? this.asYet(), this.talk.service);
    sentence.shown.marks.append(source.mark);
    sentence.shown.item.append(source.button, source.panel);
  }

  text(sentence) {
    const isRow = sentence.text.includes(BAR);
    return make(this.isQuote(sentence) ? "q" : "span", { class: isRow ? "text row" : "text" }, ...(isRow ? cells(sentence) : marked(sentence)));
  }

  /** A model's own sentence rests on quotes, but is none. */
  isQuote(sentence) {
    const said = sentence.citations.map((number) => this.citations.find((citation) => citation.number === number));
    return said.every((citation) => !citation || citation.quote === sentence.text);
  }

  group(name) {
    let list = this.body.querySelector(`ul.${name}`);
    if (!list) {
      list = make("ul", { class: name });
      this.body.append(make("section", { class: "group" }, this.talk.heading(2, {}, say(`groups.${name}`)), list));
    }
    return list;
  }

  /** What was found next and is not quoted above, folded away. */
  further({ further }) {
    const item = (citation) => {
      const source = new Source(citation, null, () => this.answer, this.talk.service);
      return make("li", { class: "said" }, make("p", { class: "words" }, this.text({ text: citation.quote, citations: [] })), source.button, source.panel);
    };
    const words = further.length === 1 ? say("further_one") : say("further", { count: further.length });
    return make("details", { class: "further" }, make("summary", {}, words), make("ul", {}, ...further.map(item)));
  }

  asYet() {
    return { question: this.question, standalone: "" };
  }

  finish(answer) {
    if (!this.matches(answer)) this.showAnew(answer);
    this.answer = answer;
    this.showProgress("");
    if (answer.question) this.showQuestion(answer.question);
    if (answer.question && answer.answer.length && !answer.standalone.startsWith(answer.question)) {
      this.asked.after(make("p", { class: "quiet understood" }, `${say("understood")}: ${answer.standalone}`));
    }
    if (answer.further?.length) this.body.append(this.further(answer));
    this.body.append(this.acts(answer));
  }

  /** Whether all that was streamed is what the whole answer says. */
  matches(answer) {
    const plain = (sentences) => JSON.stringify(sentences.map(({ text, group, citations }) => [text, group, citations]));
    return this.status && plain(this.sentences) === plain(answer.answer) && this.citations.length === answer.citations.length;
  }

  showAnew(answer) {
    Object.assign(this, { sentences: [], citations: answer.citations.slice() });
    this.body.replaceChildren();
    this.begin(answer);
    for (const sentence of answer.answer) this.addSentence({ ...sentence });
  }

  acts(answer) {
    const acts = make("p", { class: "acts" });
    if (answer.answer.length) {
      const copy = () => this.talk.took(copied(answer, this.talk.service));
      acts.append(make("button", { type: "button", class: "plain", onclick: copy }, say("copy")));
    }
    if (answer.question) acts.append(answer.answer.length ? this.again(say("again")) : this.reword(answer.question));
    const opinion = answer.id && answer.question ? new Feedback(answer.id, this.talk).element : null;
    return make("div", { class: "after" }, acts, opinion);
  }

  /** Where nothing was found, other words are the way on: those that were typed need not be typed anew. */
  reword(question) {
    return make("button", { type: "button", class: "plain", onclick: () => this.talk.change(question) }, say("reword"));
  }

  again(words) {
    return make("button", { type: "button", class: "plain", onclick: () => this.talk.again(this) }, words);
  }

  /** It broke off: what has come stays, and there is a way on. */
  fail(words) {
    this.showProgress("");
    const act = make("p", { class: "acts" }, this.again(say("try_again")));
    this.body.append(make("div", { class: "fault" }, make("p", {}, words), act));
  }

  /** The finished answer as it is read aloud, once. */
  spoken() {
    const { answer } = this;
    const count = answer.answer.length;
    const said = [answer.message, ...(answer.notices ?? []).map((notice) => notice.text)];
    if (count) said.push(count === 1 ? say("spoken.answered_one") : say("spoken.answered", { count }));
    let group = null;
    for (const sentence of answer.answer) {
      if (sentence.group !== group) said.push(`${say(`groups.${sentence.group}`)}:`);
      group = sentence.group;
      const verb = shownVerb(sentence);
      said.push((verb ? `${verb}: ` : "") + aloud(sentence.text));
      for (const citation of answer.citations.filter(({ number }) => sentence.citations.includes(number))) {
        said.push(say("spoken.source", { place: place(citation) }));
      }
    }
    if (answer.suggestion) said.push(`${say("suggested")}: ${answer.suggestion}`);
    return said.filter(Boolean).join(" ");
  }
}

/** The cells of a table row, with the bars between them: the characters stay as they are. */
function cells({ text: row, highlights = [] }) {
  let at = 0;
  return row.split(BAR).flatMap((text, number) => {
    const start = at;
    const length = [...text].length;
    at += length + BAR.length;
    const inside = highlights.filter((span) => span[0] >= start && span[1] <= start + length);
    const cell = make("span", { class: "cell" }, ...marked({ text, highlights: inside.map((span) => span.map((place) => place - start)) }));
    return number ? [make("span", { class: "bar" }, BAR), cell] : [cell];
  });
}

/** The text with the time limit, number or contact that was asked for marked in it. */
function marked({ text, highlights = [] }) {
  // Offsets count code points, of which JavaScript's strings may need two units for one.
  const points = [...text];
  const words = (start, end) => points.slice(start, end).join("");
  const pieces = [];
  let last = 0;
  for (const [start, end] of highlights) {
    pieces.push(words(last, start), make("strong", { class: "asked-for" }, words(start, end)));
    last = end;
  }
  return [...pieces, words(last)];
}

/** A quote as it is read aloud: the cells of a table row apart, and a stop at the end. */
function aloud(text) {
  const words = text.replaceAll(" | ", ", ");
  return /[.!?:;…]$/.test(words) ? words : `${words}.`;
}
