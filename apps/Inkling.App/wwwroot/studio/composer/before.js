// "You wrote before": sentences of the writer's own mail that fit the draft, asked for when the typing has stood still for a moment. It works beside the
// composer and only through the field's own events, so it can never hold up a key.

import { insertText } from './editor.js';
import { write } from './text.js';

const stillness = 600;
const most = 3;
const longest = 4000;

class Before {
  #root; #body; #subject; #previous; #rows; #taken; #inserted = ''; #timer = 0; #flight = null; #asked = '';

  constructor(root) {
    this.#root = root.querySelector('.before');
    this.#body = root.querySelector('#body');
    this.#subject = root.querySelector('#subject');
    this.#previous = root.querySelector('#previous');
    const list = this.#root.querySelector('ul');
    this.#taken = this.#root.querySelector('.before-taken');
    // The caret stays in the draft when a sentence is clicked.
    list.addEventListener('mousedown', event => event.preventDefault());
    this.#rows = Array.from({ length: most }, (_, rank) => this.#makeRow(rank));
    list.replaceChildren(...this.#rows.map(row => row.item));
    for (const field of [this.#body, this.#subject, this.#previous]) field.addEventListener('input', () => this.#soon());
    this.#body.addEventListener('keydown', event => this.#key(event));
    this.#soon();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#flight?.abort();
    this.#timer = setTimeout(() => this.#ask(), stillness);
  }

  async #ask() {
    const text = this.#body.value.slice(0, this.#body.selectionEnd).slice(-longest).toWellFormed();
    const subject = this.#subject.value.toWellFormed(), previous = this.#previous.value.slice(0, longest).toWellFormed();
    if (`${text}${subject}${previous}`.trim() === '') return this.#show([]);
    const question = JSON.stringify({ text, subject, previous });
    if (question === this.#asked) return;
    const flight = this.#flight = new AbortController();
    try {
      const response = await fetch('studio/before', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: question, signal: flight.signal });
      const answer = response.ok ? await response.json() : { sentences: [] };
      if (this.#flight !== flight || flight.signal.aborted) return;
      this.#asked = question;
      this.#show(answer.sentences);
    } catch {
      if (!flight.signal.aborted) this.#show([]);
    }
  }

  #show(sentences) {
    if (sentences.length === 0) this.#asked = '';
    this.#rows.forEach((row, rank) => {
      const sentence = sentences[rank];
      row.item.hidden = sentence === undefined;
      row.text = sentence?.text ?? '';
      row.mail = sentence?.source ?? '';
      write(row.words, row.text);
      write(row.source, sentence?.source ?? '');
    });
    // Where the last one came from stays to be seen as long as it is in the draft.
    if (this.#inserted !== '' && !this.#body.value.includes(this.#inserted)) {
      this.#inserted = '';
      write(this.#taken, '');
    }

    this.#root.hidden = sentences.length === 0 && this.#inserted === '';
  }

  // Alt with the number of a sentence puts it into the draft. (The code, because the letter of Alt and 1 is another one on some keyboards.)
  #key(event) {
    const rank = /^Digit([1-3])$/u.exec(event.code)?.[1];
    if (!rank || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    const row = this.#rows[rank - 1];
    if (row.text === '' || this.#root.hidden) return;
    event.preventDefault();
    this.#insert(row);
  }

  #insert({ text, mail }) {
    const before = this.#body.value.slice(0, this.#body.selectionStart);
    insertText(this.#body, (before === '' || /\s$/u.test(before) ? '' : ' ') + text);
    this.#inserted = text;
    write(this.#taken, `Put in from your mail “${mail}”`);
    this.#show([]);
  }

  #makeRow(rank) {
    const row = { item: document.createElement('li'), words: document.createElement('span'), source: document.createElement('span'), text: '', mail: '' };
    const button = document.createElement('button'), key = document.createElement('kbd');
    button.type = 'button';
    button.className = 'candidate before-one';
    button.setAttribute('aria-keyshortcuts', `Alt+${rank + 1}`);
    row.words.className = 'before-text';
    row.words.dir = 'auto';
    row.source.className = 'before-source';
    write(key, `Alt ${rank + 1}`);
    key.setAttribute('aria-hidden', 'true');
    const foot = document.createElement('span');
    foot.className = 'before-foot';
    foot.append(row.source, key);
    button.append(row.words, foot);
    button.addEventListener('click', () => this.#insert(row));
    row.item.append(button);
    row.item.hidden = true;
    return row;
  }
}

const root = document.getElementById('composer');
if (root) new Before(root);
