// The slim panel beside the draft: what the model did.

import { sentence } from './reasons.js';
import { write } from './text.js';

const most = 5;   // candidates shown

export class Panel {
  #root; #pick; #rows;

  /** `pick(text)`: the writer chose another candidate. */
  constructor(root, pick) {
    this.#root = root;
    this.#pick = pick;
    // The caret stays in the draft when a candidate is clicked.
    this.#part('candidates').addEventListener('mousedown', event => event.preventDefault());
    this.#rows = Array.from({ length: most }, () => this.#makeRow());
    this.#part('candidates').replaceChildren(...this.#rows.map(row => row.item));
    this.#candidates([]);
  }

  /** Shows an answer of the completer. `shown`: the text the ghost holds, or null. */
  answer(answer, shown) {
    const best = answer.suggestion ?? answer.candidates?.[0] ?? null;
    this.#confidence(best?.confidence ?? null, shown !== null);
    write(this.#part('elapsed'), number(answer.elapsedMs, ' ms'));
    this.#part('elapsed').title = answer.roundTripMs === undefined ? '' : `${number(answer.roundTripMs, ' ms')} there and back`;
    write(this.#part('source'), best?.source ?? '–');
    this.#candidates(answer.candidates ?? []);
    this.why(shown === null ? answer.reason : null, answer.detail);
  }

  /** Says why nothing is shown; null when something is. */
  why(reason, detail) {
    const line = this.#part('why');
    write(line, sentence(reason, detail));
    line.dataset.reason = reason ?? '';
    this.#root.dataset.state = reason === null ? 'shown' : 'silent';
  }

  /** Forgets the last answer: it belongs to another place in the text. */
  clear(reason) {
    this.#confidence(null, false);
    write(this.#part('elapsed'), '–');
    write(this.#part('source'), '–');
    this.#candidates([]);
    this.why(reason);
  }

  saved(keys, characters) {
    write(this.#part('saved'), keys.toLocaleString('en'));
    const share = characters > 0 ? Math.min(100, Math.round(100 * keys / characters)) : 0;
    write(this.#part('saved-note'), keys > 0
      ? `${keys === 1 ? 'key' : 'keys'} saved in this draft, ${share} % of what it says`
      : 'keys saved in this draft so far');
  }

  #confidence(value, shown) {
    const meter = this.#part('confidence');
    const percent = value === null ? 0 : Math.round(100 * value);
    meter.setAttribute('aria-valuenow', percent);
    meter.setAttribute('aria-valuetext', value === null ? 'none' : `${percent} percent`);
    meter.firstElementChild.style.width = `${percent}%`;
    meter.dataset.shown = shown;
    write(this.#part('confidence-text'), value === null ? '–' : `${percent} %`);
  }

  #candidates(candidates) {
    this.#rows.forEach((row, rank) => {
      const candidate = candidates[rank];
      row.item.hidden = candidate === undefined;
      row.text = candidate?.text ?? '';
      write(row.words, row.text.trim());
      write(row.share, candidate === undefined ? '' : `${Math.round(100 * candidate.confidence)} %`);
    });
    this.#part('no-candidates').hidden = candidates.length > 0;
  }

  // Made once and then only written into; see text.js.
  #makeRow() {
    const row = { item: document.createElement('li'), words: document.createElement('span'), share: document.createElement('span'), text: '' };
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'candidate';
    row.words.className = 'candidate-text';
    row.words.dir = 'auto';
    row.share.className = 'candidate-share';
    button.append(row.words, row.share);
    button.addEventListener('click', () => this.#pick(row.text));
    row.item.append(button);
    return row;
  }

  #part(name) { return this.#root.querySelector(`[data-part="${name}"]`); }
}

function number(value, unit) {
  return typeof value === 'number' ? `${value.toFixed(value < 10 ? 1 : 0)}${unit}` : '–';
}
