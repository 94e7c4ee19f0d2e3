// Details of real people that can be recognised while somebody types. The service looks more closely, and decides.

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
const DAY = "\\d{1,2}(?:st|nd|rd|th)?(?:\\s?[/.-]\\s?|\\s+(?:of\\s+)?)";
const DATE = `(?:${DAY}(?:\\d{1,2}|${MONTH})(?:\\s?[/.-]\\s?|,?\\s+)\\d{2,4}|(?:19|20)\\d\\d-\\d\\d-\\d\\d)`;
const BORN = "\\b(?:d\\.?\\s?o\\.?\\s?b\\.?|date of birth|birthday|birth ?date|born)";

// `detail` is the part that is meant; `check` what it must pass besides.
const RULES = [
  { kind: "e-mail", pattern: /(?<detail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})/gi },
  {
    kind: "phone",
    pattern: /(?<![\w./-])(?<detail>(?:(?:\+|00)\s?44[\s.()-]{0,3}(?:0[\s.()-]{0,2})?|\(?0)(?=[\s.()-]{0,2}[127])(?:[\s.()-]{0,2}\d){9,10})(?![\w/-])/g,
  },
  {
    kind: "NHS number",
    pattern: /(?<![\w./-])(?<detail>\d{3}[\s-]?\d{3}[\s-]?\d{4})(?![\w/-])/g,
    check: isNhsNumber,
  },
  { kind: "NI number", pattern: /\b(?<detail>[a-z]{2}[\s-]?\d\d[\s-]?\d\d[\s-]?\d\d[\s-]?[a-d])\b/gi },
  { kind: "pupil number", pattern: /\b(?<detail>[a-hj-np-rt-z]\d{11}[\da-z])\b/gi, check: isPupilNumber },
  {
    kind: "date of birth",
    pattern: new RegExp(`${BORN}\\W{0,3}(?:is|was|on|:)?\\W{0,3}(?<detail>${DATE})`, "gi"),
  },
  {
    kind: "postcode",
    pattern: /(?<![\w-])(?<detail>(?!s\d\d\s)[a-z]{1,2}\d[a-z\d]?\s{0,2}\d(?!st\b|nd\b|rd\b|th\b|hr\b|yr\b)[abd-hjlnp-uw-z]{2})(?![\w-])/gi,
  },
];

/** `{start, end, kind}` of each, in order and without overlaps; offsets as in `text.slice`. */
export function findDetails(text) {
  const found = RULES.flatMap(({ kind, pattern, check }) =>
    [...text.matchAll(pattern)]
      .filter((match) => !check || check(match.groups.detail))
      .map((match) => {
        const start = match.index + match[0].lastIndexOf(match.groups.detail);
        return { start, end: start + match.groups.detail.length, kind };
      }),
  ).sort((one, other) => one.start - other.start || other.end - one.end);
  return found.filter((detail, at) => found.slice(0, at).every((before) => before.end <= detail.start));
}

/** The text with each detail replaced by its label, as the service writes them. */
export function withoutDetails(text, details) {
  return [...details].reverse().reduce(
    (left, { start, end, kind }) => `${left.slice(0, start)}[${kind}]${left.slice(end)}`,
    text,
  );
}

/** Ten digits with the check digit of the NHS number (modulus 11). */
function isNhsNumber(found) {
  const digits = [...found.replace(/\D/g, "")].map(Number);
  const check = 11 - (digits.slice(0, 9).reduce((sum, digit, at) => sum + digit * (10 - at), 0) % 11);
  return digits[9] === (check === 11 ? 0 : check);
}

/** Thirteen characters with the check letter of the unique pupil number (modulus 23). */
function isPupilNumber(found) {
  const letters = "ABCDEFGHJKLMNPQRTUVWXYZ";
  const [first, ...rest] = found.toUpperCase();
  const values = rest.map((sign) => (/\d/.test(sign) ? Number(sign) : letters.indexOf(sign)));
  const sum = values.reduce((total, value, at) => total + value * (at + 2), 0);
  return Math.min(...values) >= 0 && first === letters[sum % 23];
}
