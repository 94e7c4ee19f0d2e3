// Why a passage was shown, in plain words: what the question and the passage visibly have in common.

import { say } from "./wording.js";

const COMMON = new Set(
  ("about after again also because been before being both could does doing done from give given have having here "
    + "into just made make many more most much must need needs only other over same shall should some such tell than "
    + "that their them then there these they this those under until very were what when where which while whom whose "
    + "will with within would your soon often long please").split(" "),
);

/** Sentences. `text` is the passage as far as it is known, the quote alone where it is not. */
export function reasons(answer, citation, text) {
  const there = new Set(wordsOf([text, ...citation.heading_trail, citation.title].join(" ")).map(stem));
  const asked = withoutRepeats(wordsOf(answer.question).filter((word) => there.has(stem(word))));
  // What the service put beside the question: abbreviations written out, words that mean the same.
  const own = new Set(wordsOf(answer.question).map(stem));
  const added = withoutRepeats(wordsOf(answer.standalone).filter((word) => !own.has(stem(word)) && there.has(stem(word))));
  const heading = citation.heading_trail.at(-1);
  const said = [];
  if (asked.length) said.push(say("why.words", { words: listed(asked) }));
  if (added.length) said.push(say("why.related", { words: listed(added) }));
  if (!said.length) said.push(say("why.meaning"));
  if (heading) said.push(say("why.under", { heading }));
  if (answer.standalone && !answer.standalone.startsWith(answer.question)) {
    said.push(say("why.understood", { question: answer.standalone }));
  }
  said.push(say(`why.${citation.kind}`));
  return said;
}

function listed(words) {
  return words.map((word) => `“${word}”`).join(", ");
}

function wordsOf(text) {
  return (text.match(/[\p{L}\d][\p{L}\d'’]*/gu) ?? []).filter(
    (word) => /^[A-Z]{2,}$|\d/.test(word) || (word.length > 3 && !COMMON.has(word.toLowerCase())),
  );
}

/** Near enough to put "bruises" beside "bruising". */
function stem(word) {
  return word.toLowerCase().replace(/['’]s$/, "").replace(/(?:ing|ed|es|s|e|y|ies)$/, "");
}

function withoutRepeats(words) {
  const seen = new Set();
  return words.filter((word) => !seen.has(stem(word)) && seen.add(stem(word)));
}
