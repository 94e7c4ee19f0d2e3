// Answers to be taken elsewhere: copied, downloaded as Markdown, printed.

import { make } from "./dom.js";
import { day, details, reviewed, say, shownVerb } from "./wording.js";

/** Copy an answer with its sources; whether the browser let us. */
export async function copied(answer, service) {
  const said = answer.answer.map((sentence) => `${indent(sentence, "  - ")}${quoted(sentence, answer)} ${numbers(sentence)}`);
  const sources = answer.citations.map((citation) => `[${citation.number}] ${source(citation, service)}`);
  const text = [...said, "", ...sources].join("\n");
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The conversation as one file. */
export function download(answers, service) {
  const address = URL.createObjectURL(new Blob([markdown(answers, service)], { type: "text/markdown;charset=utf-8" }));
  const link = make("a", { href: address, download: `${say("file_name")}-${today()}.md` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function markdown(answers, service) {
  const parts = [`# ${say("heading_of_file", { day: day(today()) })}`];
  for (const answer of answers) {
    parts.push(`## ${escaped(answer.question)}`);
    if (answer.message) parts.push(escaped(answer.message));
    for (const [group, sentences] of grouped(answer)) {
      parts.push(`### ${say(`groups.${group}`)}`);
      const line = (sentence) => `${indent(sentence, "  ")}- ${verb(sentence, "**")}${escaped(quoted(sentence, answer))} ${numbers(sentence)}`;
      parts.push(sentences.map(line).join("\n"));
    }
    const line = (citation) =>
      `${citation.number}. ${escaped(named(citation))}: <${service.address(citation.url)}>`;
    if (answer.citations.length) parts.push(answer.citations.map(line).join("\n"));
  }
  return `${[...parts, "---", say("foot_of_file")].join("\n\n")}\n`;
}

/** The conversation alone, whatever page it stands in: in a frame of its own, gone after printing. */
export function print(answers, service) {
  const frame = make("iframe", { "aria-hidden": "true", tabindex: "-1", title: say("print") });
  frame.style.cssText = "position:fixed;inset:auto auto 0 0;width:0;height:0;border:0";
  document.body.append(frame);
  const page = frame.contentDocument;
  page.title = say("heading_of_file", { day: day(today()) });
  page.documentElement.lang = "en-GB";
  page.body.style.cssText = "font:11pt/1.5 system-ui,sans-serif;margin:2cm;overflow-wrap:anywhere";
  page.body.append(
    make("h1", {}, page.title),
    ...answers.flatMap((answer) => printed(answer, service)),
    make("hr"),
    make("p", {}, say("foot_of_file")),
  );
  frame.contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  frame.contentWindow.print();
}

function printed(answer, service) {
  const lists = grouped(answer).flatMap(([group, sentences]) => [
    make("h3", {}, say(`groups.${group}`)),
    make("ul", {}, ...sentences.map((sentence) =>
      make("li", {}, `${indent(sentence, "– ")}${verb(sentence, "")}${quoted(sentence, answer)} ${numbers(sentence)}`))),
  ]);
  const sources = answer.citations.map((citation) => make("p", {}, `[${citation.number}] ${source(citation, service)}`));
  return [make("h2", {}, answer.question), ...(answer.message ? [make("p", {}, answer.message)] : []), ...lists, ...sources];
}

function grouped(answer) {
  const groups = new Map();
  for (const sentence of answer.answer) groups.set(sentence.group, [...(groups.get(sentence.group) ?? []), sentence]);
  return [...groups];
}

function quoted(sentence, answer) {
  const sources = answer.citations.filter(({ number }) => sentence.citations.includes(number));
  const isQuote = sources.some(({ quote }) => quote === sentence.text);
  return isQuote ? `“${sentence.text}”` : sentence.text;
}

function numbers(sentence) {
  return `[${sentence.citations.join(", ")}]`;
}

function verb(sentence, mark) {
  const shown = shownVerb(sentence);
  return shown ? `${mark}${shown.toUpperCase()}${mark} ` : "";
}

/** What stands before an item, below its lead-in. */
function indent(sentence, before) {
  return sentence.is_item ? before : "";
}

function named(citation) {
  return [citation.title, ...details(citation), say("place.version", { number: citation.version }), reviewed(citation)].join(", ");
}

function source(citation, service) {
  return `${named(citation)}. ${service.address(citation.url)}`;
}

/** A quote must not become markup, nor leave its line. */
function escaped(text) {
  return text.replace(/[\\`*_<>[\]#|]/g, "\\$&").replace(/\s*\n\s*/g, " / ");
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
