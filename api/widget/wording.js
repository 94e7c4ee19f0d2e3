// What is said: the entries of wording.yaml, filled in.

import { WORDS } from "./served.js";

/** The entry at a dotted path, `{name}` replaced by the value of that name. */
export function say(path, values = {}) {
  const entry = path.split(".").reduce((words, key) => words[key], WORDS);
  return entry.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** `2026-03-09` as "9 March 2026". */
export function day(iso) {
  const form = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`).toLocaleDateString("en-GB", form);
}

/** Where a citation stands, in short: title, paragraph, page. */
export function place(citation) {
  return [citation.title, ...details(citation)].join(", ");
}

/** Paragraph and page, as far as there are any. */
export function details(citation) {
  const parts = [];
  if (/^\d/.test(citation.anchor)) parts.push(say("place.paragraph", { number: citation.anchor }));
  if (citation.page) parts.push(say("place.page", { number: citation.page }));
  return parts;
}

/** The must, should or may that stands before a sentence: an item of a list has none of its own. */
export function shownVerb(sentence) {
  return sentence.is_item ? null : sentence.modality;
}

/** "reviewed 9 March 2026". */
export function reviewed(citation) {
  return citation.last_reviewed
    ? say("place.reviewed", { day: day(citation.last_reviewed) })
    : say("place.not_reviewed");
}
