// The slim panel beside the draft: what the model did.

import { sentence } from './reasons.js';

export class Panel {
  #root; #pick;

  /** `pick(text)`: the writer chose another candidate. */
  constructor(root, pick) {
    this.#root = root;
    this.#pick = pick;
    // The caret stays in the draft when a candidate is clicked.
    this.#part('candidates').addEventListener('mousedown', event => event.preventDefault());
  }

  /** Shows an answer of the completer. `shown`: the text the ghost holds, or null. */
  answer(answer, shown) {
    const best = answer.suggestion ?? answer.candidates?.[0] ?? null;
    this.#confidence(best?.confidence ?? null, shown !== null);
    this.#part('elapsed').textContent = number(answer.elapsedMs, ' ms');
    this.#part('elapsed').title = answer.roundTripMs === undefined ? '' : `${number(answer.roundTripMs, ' ms')} there and back`;
    this.#part('source').textContent = best?.source ?? '–';
    this.#candidates(answer.candidates ?? []);
    this.why(shown === null ? answer.reason : null, answer.detail);
  }

  /** Says why nothing is shown; null when something is. */
  why(reason, detail) {
    const line = this.#part('why');
    line.textContent = sentence(reason, detail);
    line.dataset.reason = reason ?? '';
    this.#root.dataset.state = reason === null ? 'shown' : 'silent';
  }

  /** Forgets the last answer: it belongs to another place in the text. */
  clear(reason) {
    this.#confidence(null, false);
    this.#part('elapsed').textContent = '–';
    this.#part('source').textContent = '–';
    this.#candidates([]);
    this.why(reason);
  }

  saved(keys, characters) {
    this.#part('saved').textContent = keys.toLocaleString('en');
    const share = characters > 0 ? Math.min(100, Math.round(100 * keys / characters)) : 0;
    this.#part('saved-note').textContent = keys > 0
      ? `${keys === 1 ? 'key' : 'keys'} saved in this draft, ${share} % of what it says`
      : 'keys saved in this draft so far';
  }

  #confidence(value, shown) {
    const meter = this.#part('confidence');
    const percent = value === null ? 0 : Math.round(100 * value);
    meter.setAttribute('aria-valuenow', percent);
    meter.setAttribute('aria-valuetext', value === null ? 'none' : `${percent} percent`);
    meter.firstElementChild.style.width = `${percent}%`;
    meter.dataset.shown = shown;
    this.#part('confidence-text').textContent = value === null ? '–' : `${percent} %`;
  }

  #candidates(candidates) {
    const list = this.#part('candidates');
    list.replaceChildren(...candidates.slice(0, 5).map(candidate => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'candidate';
      const words = document.createElement('span');
      words.className = 'candidate-text';
      words.textContent = candidate.text.trim();
      words.dir = 'auto';
      const share = document.createElement('span');
      share.className = 'candidate-share';
      share.textContent = `${Math.round(100 * candidate.confidence)} %`;
      button.append(words, share);
      button.addEventListener('click', () => this.#pick(candidate.text));
      item.append(button);
      return item;
    }));
    this.#part('no-candidates').hidden = candidates.length > 0;
  }

  #part(name) { return this.#root.querySelector(`[data-part="${name}"]`); }
}

function number(value, unit) {
  return typeof value === 'number' ? `${value.toFixed(value < 10 ? 1 : 0)}${unit}` : '–';
}
