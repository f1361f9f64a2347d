// Pure text rules of a suggestion. No page, no state: easy to test.

/** The part of a suggestion that is left after `typed` was typed through it; null when the writer went another way. */
export function typeThrough(suggestion, typed) {
  return suggestion.startsWith(typed) ? suggestion.slice(typed.length) : null;
}

/** The first word of a suggestion with the space before it and the punctuation that clings to it. */
export function firstWord(suggestion) {
  return /^\s*\S+/u.exec(suggestion)?.[0] ?? suggestion;
}

/** True when nothing but the end of the line follows the caret. */
export function atLineEnd(text, caret) {
  return caret === text.length || text[caret] === '\n';
}

const strongRightToLeft = /[\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]/u;
const strongAny = /\p{L}/u;

/** The direction of the line the caret is in, by its first letter, as `dir="auto"` decides it. */
export function lineDirection(text, caret) {
  const start = text.lastIndexOf('\n', caret - 1) + 1;
  const end = text.indexOf('\n', caret);
  const letter = strongAny.exec(text.slice(start, end < 0 ? undefined : end));
  return letter && strongRightToLeft.test(letter[0]) ? 'rtl' : 'ltr';
}

/** The addresses in a To line, as typed, one an item. A comma inside quotes or angle brackets does not separate. */
export function splitAddresses(line) {
  return (line.match(/(?:"[^"]*"|<[^>]*>|[^,;"<])+/gu) ?? []).map(part => part.trim()).filter(part => part !== '');
}
