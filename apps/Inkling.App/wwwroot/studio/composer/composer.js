// The composer: ties the fields, the ghost, the keys and the panel together. The way from a key to a suggestion is short on
// purpose: input event → POST /v1/completions → ghost, all in this page; no other machine is ever asked.

import { Announcer } from './announcer.js';
import { Completions } from './completions.js';
import { Drafts } from './drafts.js';
import { insertText, replaceAll } from './editor.js';
import { Ghost } from './ghost.js';
import { meaning } from './keys.js';
import { fileName, toEml } from './message.js';
import { Panel } from './panel.js';
import { Savings } from './savings.js';
import { setting } from './settings.js';
import { atLineEnd, firstWord, lineDirection, splitAddresses, typeThrough } from './suggestion.js';

const hintFor = 5;   // the "Tab" hint stands behind the ghost until the writer has accepted this many

class Composer {
  #root; #to; #subject; #previous; #body;
  #completions = new Completions();
  #drafts = new Drafts();
  #savings = new Savings();
  #enabled = setting('inkling.suggestions', 'on');
  #accepts = setting('inkling.accepts', '0');
  #shown = null;        // { text, at, rest }: what the ghost holds and the caret it belongs to
  #answered = null;     // { text, caret }: the draft the panel's candidates belong to
  #silence = 'start';   // why no suggestion is asked for at the moment; null when one is
  #composing = false;
  #inserting = false;
  #last = '';           // the body before the event now handled

  constructor(root) {
    this.#root = root;
    this.#to = root.querySelector('#to');
    this.#subject = root.querySelector('#subject');
    this.#previous = root.querySelector('#previous');
    this.#body = root.querySelector('#body');
    this.ghost = new Ghost(root.querySelector('.mirror'));
    this.panel = new Panel(root.querySelector('.panel'), text => this.#pick(text));
    this.announcer = new Announcer(root.querySelector('#announcer'));
    this.#restore(this.#drafts.load());
    this.#listen();
    this.#showSwitch();
    this.#quiet(this.#enabled.value === 'off' ? 'off' : 'start');
    root.dataset.ready = 'true';
  }

  #listen() {
    const body = this.#body;
    body.addEventListener('keydown', event => this.#key(event));
    body.addEventListener('input', event => this.#input(event));
    body.addEventListener('compositionstart', () => { this.#composing = true; this.#quiet('composing'); });
    body.addEventListener('compositionend', () => { this.#composing = false; this.#last = body.value; this.#ask(); });
    body.addEventListener('blur', () => this.#quiet('away'));
    document.addEventListener('selectionchange', () => this.#caretMoved());
    for (const field of [this.#to, this.#subject, this.#previous]) field.addEventListener('input', () => this.#save());

    this.#root.querySelector('#suggestions').addEventListener('click', () => this.#toggle());
    this.#root.querySelector('#copy').addEventListener('click', () => this.#copy());
    this.#root.querySelector('#download').addEventListener('click', () => this.#download());
    this.#root.querySelector('#clear').addEventListener('click', () => this.#clear());
    for (const example of this.#root.querySelectorAll('[data-example]')) {
      example.addEventListener('click', () => insertText(body, example.dataset.example));
    }
  }

  #key(event) {
    const action = meaning(event, {
      shown: this.#shown !== null,
      caretAtLineEnd: this.#caretAtLineEnd(),
      direction: lineDirection(this.#body.value, this.#body.selectionEnd),
    });
    if (action === null) return;
    if (action === 'dismiss') {
      // Also while an answer is on its way: Escape, then Tab, must always lead on.
      if (this.#shown === null && !this.#completions.busy) return;
      this.#quiet('dismissed');
    } else {
      this.#accept(action === 'word' ? firstWord(this.#shown.text) : this.#shown.text);
    }
    event.preventDefault();
  }

  #accept(text) {
    const rest = this.#shown === null ? '' : typeThrough(this.#shown.text, text) ?? '';
    const start = this.#body.selectionStart;
    this.#inserting = true;
    insertText(this.#body, text);
    this.#inserting = false;
    this.#savings.accept(start, text);
    this.#save();
    this.#accepts.value = String(Number(this.#accepts.value) + 1);
    if (rest !== '') this.#show(rest, true);
    else this.#hide();
    this.#ask();
  }

  #pick(text) {
    const { value, selectionStart, selectionEnd } = this.#body;
    if (this.#answered?.text !== value || this.#answered.caret !== selectionEnd || selectionStart !== selectionEnd) return;
    this.#hide();
    this.#accept(text);
  }

  #input(event) {
    const before = this.#last;
    this.#last = this.#body.value;
    this.#save();
    if (this.#inserting) return;
    if (this.#composing || event.isComposing) return this.#quiet('composing');
    if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') {
      if (event.inputType === 'historyUndo') this.#savings.undo(this.#body.value);
      else this.#savings.redo(this.#body.value);
      this.#save();
      return this.#quiet('undone');
    }
    this.#typeThrough(before);
    this.#ask();
  }

  /** Keeps what is left of the ghost when the letters typed are its first ones. */
  #typeThrough(before) {
    if (this.#shown === null) return;
    const { value, selectionEnd: caret } = this.#body;
    const { at, text } = this.#shown;
    const onlyTyped = value.length - before.length === caret - at && caret > at;
    const rest = onlyTyped ? typeThrough(text, value.slice(at, caret)) : null;
    if (rest) this.#show(rest, true);
    else this.#hide();
  }

  async #ask() {
    const { value: text, selectionStart, selectionEnd: caret } = this.#body;
    const silence = this.#enabled.value === 'off' ? 'off'
      : this.#composing ? 'composing'
      : selectionStart !== caret ? 'selection'
      : !atLineEnd(text, caret) ? 'inside-line'
      : text.trim() === '' ? 'start' : null;
    if (silence !== null) return this.#quiet(silence);

    this.#silence = null;
    if (this.#shown === null) this.ghost.hide(text, caret);
    const answer = await this.#completions.ask({
      text: text.slice(0, caret),
      subject: this.#subject.value,
      previous: this.#previous.value,
      to: splitAddresses(this.#to.value),
    });
    if (answer === null || this.#silence !== null || this.#body.value !== text || this.#body.selectionEnd !== caret) return;
    this.#take(answer, text, caret);
  }

  #take(answer, text, caret) {
    const fresh = answer.suggestion?.text ?? null;
    // The rest of what the writer follows stays, unless the new answer is that and more.
    const kept = this.#shown?.rest ? this.#shown.text : null;
    if (kept === null || fresh?.startsWith(kept)) {
      if (fresh) this.#show(fresh, kept !== null);
      else this.#hide();
    }
    this.#answered = { text, caret };
    this.panel.answer(answer, this.#shown?.text ?? null);
    if (answer.reason === 'unreachable') this.announcer.say('Inkling does not answer.');
  }

  #show(text, rest) {
    const caret = this.#body.selectionEnd;
    const same = this.#shown?.text === text && this.#shown.at === caret;
    this.#shown = { text, at: caret, rest };
    this.ghost.show(this.#body.value, caret, text, Number(this.#accepts.value) < hintFor);
    if (rest) this.announcer.rest(text);
    else if (!same) this.announcer.suggestion(text);
  }

  #hide() {
    this.#shown = null;
    this.ghost.hide(this.#body.value, this.#body.selectionEnd);
    this.announcer.clear();
  }

  /** No suggestion, and none on its way, for a reason the panel tells. */
  #quiet(reason) {
    this.#completions.cancel();
    this.#silence = reason;
    this.#hide();
    if (reason === 'away' && this.#answered !== null) this.panel.why(reason);
    else { this.#answered = null; this.panel.clear(reason); }
  }

  #caretMoved() {
    if (document.activeElement !== this.#body || this.#composing) return;
    if (this.#shown !== null && (this.#body.selectionStart !== this.#shown.at || this.#body.selectionEnd !== this.#shown.at)) {
      this.#quiet(this.#body.selectionStart !== this.#body.selectionEnd ? 'selection' : this.#caretAtLineEnd() ? 'dismissed' : 'inside-line');
    }
  }

  #caretAtLineEnd() {
    const { value, selectionStart, selectionEnd } = this.#body;
    return selectionStart === selectionEnd && atLineEnd(value, selectionEnd);
  }

  #toggle() {
    this.#enabled.value = this.#enabled.value === 'off' ? 'on' : 'off';
    this.#showSwitch();
    if (this.#enabled.value === 'off') this.#quiet('off');
    else { this.#body.focus(); this.#ask(); }
  }

  #showSwitch() {
    const on = this.#enabled.value !== 'off';
    this.#root.querySelector('#suggestions').setAttribute('aria-checked', String(on));
    this.#root.dataset.suggestions = on ? 'on' : 'off';
  }

  // ---- the draft -------------------------------------------------------------------------------------------------

  get #draft() {
    return { to: this.#to.value, subject: this.#subject.value, previous: this.#previous.value, body: this.#body.value };
  }

  #save() {
    this.#drafts.save({ ...this.#draft, accepted: this.#savings });
    this.panel.saved(this.#savings.keys, this.#body.value.length);
    this.#root.dataset.empty = String(this.#body.value === '');
  }

  #restore(draft) {
    if (draft !== null) {
      this.#to.value = draft.to ?? '';
      this.#subject.value = draft.subject ?? '';
      this.#previous.value = draft.previous ?? '';
      this.#body.value = draft.body;
      this.#savings = new Savings(draft.accepted);
    }
    this.#last = this.#body.value;
    this.#root.querySelector('details').open = this.#previous.value !== '';
    this.panel.saved(this.#savings.keys, this.#body.value.length);
    this.#root.dataset.empty = String(this.#body.value === '');
  }

  async #copy() {
    await navigator.clipboard.writeText(this.#body.value);
    this.#tell('Copied. The grey text is never part of it.');
  }

  #download() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([toEml(this.#draft)], { type: 'message/rfc822' }));
    link.download = fileName(this.#subject.value);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    this.#tell(`Saved as ${link.download}. A mail program opens it ready to send.`);
  }

  #clear() {
    const old = this.#draft, savings = this.#savings;
    this.#savings = new Savings();
    for (const field of [this.#to, this.#subject, this.#previous]) field.value = '';
    replaceAll(this.#body, '');
    this.#quiet(this.#enabled.value === 'off' ? 'off' : 'start');
    this.#save();
    this.#tell('A new, empty draft.', 'Bring the old one back', () => {
      this.#restore({ ...old, accepted: savings.toJSON() });
      this.#hide();
      this.#save();
      this.#body.focus();
    });
  }

  /** A line that comes and goes at the bottom of the sheet, with one thing to do at most. */
  #tell(text, label, act) {
    const note = this.#root.querySelector('#note');
    note.querySelector('span').textContent = text;
    const button = note.querySelector('button');
    button.hidden = !label;
    button.textContent = label ?? '';
    button.onclick = () => { note.dataset.open = 'false'; act?.(); };
    note.dataset.open = 'true';
    clearTimeout(this.noteTimer);
    this.noteTimer = setTimeout(() => { note.dataset.open = 'false'; }, label ? 20_000 : 5_000);
  }
}

const root = document.getElementById('composer');
if (root) new Composer(root);
