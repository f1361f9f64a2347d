// Tells screen readers of a suggestion, politely: only one that has stood still for a moment, and each only once.

import { write } from './text.js';

const stillness = 700;

export class Announcer {
  #region; #timer = 0; #said = '';

  constructor(region) { this.#region = region; }

  suggestion(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (text === this.#said) return;
      this.#said = text;
      write(this.#region, `Suggestion: ${sentence(text)} Tab accepts, Escape dismisses.`);
    }, stillness);
  }

  /** The rest of an announced suggestion, typed through or accepted word by word, is not announced again. */
  rest(text) {
    if (this.#said !== '') this.#said = text;
    else this.suggestion(text);
  }

  say(words) {
    clearTimeout(this.#timer);
    this.#said = '';
    write(this.#region, words);
  }

  clear() {
    clearTimeout(this.#timer);
    this.#said = '';
    write(this.#region, '');
  }
}

function sentence(text) {
  const words = text.trim();
  return /[.!?…:]$/u.test(words) ? words : `${words}.`;
}
