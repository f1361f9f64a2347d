// The ghost: grey text after the caret that is not in the textarea. A mirror with the same font, width and wrapping lies
// over the textarea; the draft in it is transparent and only the ghost shows. The draft itself therefore never holds a
// character that was not typed or accepted, and selection, spelling, input methods and undo stay the browser's own.

import { write } from './text.js';

const lineKeeper = '\u200b';   // gives the empty last line its height

export class Ghost {
  #mirror; #before; #ghost; #hint; #after;

  constructor(mirror) {
    this.#mirror = mirror;
    this.#before = document.createElement('span');
    this.#ghost = document.createElement('span');
    this.#ghost.className = 'ghost';
    this.#hint = document.createElement('kbd');
    this.#hint.className = 'ghost-hint';
    this.#hint.textContent = 'Tab';
    this.#after = document.createElement('span');
    // <wbr>: the line may break between the typed letters and the ghost, so that the ghost never moves typed letters.
    mirror.replaceChildren(this.#before, document.createElement('wbr'), this.#ghost, this.#hint, this.#after);
    this.hide('', 0);
  }

  /** Follows the draft, so that the textarea grows with it. */
  hide(text, caret) {
    this.#set(text, caret);
    this.#ghost.hidden = this.#hint.hidden = true;
    write(this.#ghost, '');
    this.#mirror.classList.remove('mirror--over');
  }

  show(text, caret, suggestion, withHint) {
    this.#set(text, caret);
    write(this.#ghost, suggestion);
    this.#ghost.hidden = false;
    this.#hint.hidden = !withHint;
    // Lines below the caret do not move for a ghost; where it wraps over them it gets a background.
    this.#mirror.classList.toggle('mirror--over', caret < text.length);
  }

  #set(text, caret) {
    // The text below the caret is transparent here, so it does not matter that a long ghost pushes it down in the mirror.
    write(this.#before, text.slice(0, caret));
    write(this.#after, text.slice(caret) + lineKeeper);
  }
}
