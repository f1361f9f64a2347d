// The books of one draft: characters accepted against keys pressed for them. What is undone does not count.

export class Savings {
  #accepted; #undone = [];

  constructor(accepted = []) {
    this.#accepted = Array.isArray(accepted) ? accepted : [];
  }

  /** One key for the whole text, all other characters saved. */
  accept(start, text) {
    this.#accepted.push({ start, text });
    this.#undone = [];
  }

  undo(value) {
    const last = this.#accepted.at(-1);
    if (last && !value.startsWith(last.text, last.start)) this.#undone.push(this.#accepted.pop());
  }

  redo(value) {
    const last = this.#undone.at(-1);
    if (last && value.startsWith(last.text, last.start)) this.#accepted.push(this.#undone.pop());
  }

  get keys() { return this.#accepted.reduce((sum, { text }) => sum + [...text].length - 1, 0); }

  toJSON() { return this.#accepted; }
}
