// Tells screen readers of a suggestion, politely: only one that has stood still for a moment, and each only once.

const stillness = 700;

export class Announcer {
  #region; #timer = 0; #said = '';

  constructor(region) { this.#region = region; }

  suggestion(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (text === this.#said) return;
      this.#said = text;
      this.#region.textContent = `Suggestion: ${text.trim()}. Tab accepts, Escape dismisses.`;
    }, stillness);
  }

  /** The rest of an announced suggestion, typed through or accepted word by word, is not announced again. */
  rest(text) {
    if (this.#said !== '') this.#said = text;
    else this.suggestion(text);
  }

  say(sentence) {
    clearTimeout(this.#timer);
    this.#said = '';
    this.#region.textContent = sentence;
  }

  clear() {
    clearTimeout(this.#timer);
    this.#said = '';
    this.#region.textContent = '';
  }
}
