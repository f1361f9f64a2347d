// The text as a unit sees it: every piece in the colour of the unit's value, the gates through the text, what is expected next.
import { colourOf, ramp } from '../playground/colours.js';

const byId = id => document.getElementById(id);
const shown = text => (text === ' ' ? '␣' : text.replaceAll('\n', '↵').replaceAll('\t', '⇥'));
const spoken = text => ({ ' ': 'space', '\n': 'end of line', '\t': 'tab', '': 'nothing' })[text] ?? text;
const signed = value => value.toFixed(2).replace('-', '−');

export class Reading {
  #answer = null;
  #numbers = null;
  #spans = [];
  #text = '';

  /** @param {(at: number) => void} onPlace called when another place is looked at. @param {(layer: number, unit: number) => void} onUnit called when another unit is chosen. */
  constructor(onPlace, onUnit) {
    this.onPlace = onPlace;
    this.root = byId('read');
    this.map = byId('units-map');
    this.root.onclick = event => { const at = this.#spans.indexOf(event.target); if (at >= 0) this.#go(at); };
    this.root.onkeydown = event => this.#key(event);
    this.map.onclick = event => {
      const { columns, rows } = this.#grid(), box = this.map.getBoundingClientRect(), { units, layers } = this.#answer;
      const at = Math.floor((event.clientY - box.top) / box.height * rows) * columns + Math.floor((event.clientX - box.left) / box.width * columns);
      if (at < units * layers) onUnit(Math.floor(at / units) + 1, at % units + 1);
    };
  }

  show(answer, bytes) {
    this.#answer = answer;
    this.#numbers = new Float32Array(bytes.slice().buffer);
    const text = answer.pieces.join('\u0000');
    if (text !== this.#text) {
      this.#text = text;
      this.#spans = answer.pieces.map(piece => Object.assign(document.createElement('span'), { textContent: piece, className: piece.includes('\n') ? 'break' : '' }));
      this.root.replaceChildren(...this.#spans);
    }
    this.draw();
  }

  draw() {
    if (!this.#answer) return;
    const { pieces, rows, at } = this.#answer, count = pieces.length;
    for (let i = 0; i < count; i++) {
      // Paler than elsewhere, so that the letter stands out from it in both schemes.
      this.#spans[i].style.backgroundColor = colourOf(0.65 * this.#numbers[i]);
      this.#spans[i].toggleAttribute('data-at', i === at);
    }
    this.#strips(rows, count, at);
    this.#next();
    this.#units();
    this.#say();
  }

  #row(row, count) { return this.#numbers.subarray(row * count, (row + 1) * count); }

  #strips(rows, count, at) {
    const root = byId('strips');
    if (root.childElementCount !== rows.length || root.dataset.rows !== rows.join()) {
      root.dataset.rows = rows.join();
      root.replaceChildren(...rows.map(name => {
        const strip = Object.assign(document.createElement('div'), { className: 'strip' }), canvas = Object.assign(document.createElement('canvas'), { height: 1 });
        canvas.onclick = event => { const box = canvas.getBoundingClientRect(); this.#go(Math.floor((event.clientX - box.left) / box.width * this.#answer.pieces.length)); };
        strip.append(Object.assign(document.createElement('span'), { textContent: name }), canvas, document.createElement('output'));
        return strip;
      }));
    }
    const colours = ramp();
    [...root.children].forEach((strip, row) => {
      const values = this.#row(row, count), canvas = strip.querySelector('canvas');
      canvas.width = count;
      const context = canvas.getContext('2d'), image = context.createImageData(count, 1);
      for (let i = 0; i < count; i++) {
        // A cell has no bounds: tanh brings it between −1 and 1, as the output does.
        const value = rows[row] === 'cell' ? Math.tanh(values[i]) : values[i], from = 4 * Math.round((Math.max(-1, Math.min(1, value)) + 1) * 127.5);
        image.data.set(colours.subarray(from, from + 4), 4 * i);
      }
      context.putImageData(image, 0, 0);
      strip.querySelector('output').textContent = signed(values[at]);
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', `${rows[row]} through the text, ${signed(values[at])} here`);
    });
  }

  #next() {
    byId('next').replaceChildren(...this.#answer.next.map(({ text, probability }) => {
      const item = document.createElement('li'), bar = document.createElement('i');
      bar.style.width = `${100 * probability}%`;
      item.append(Object.assign(document.createElement('code'), { textContent: shown(text) }), bar, Object.assign(document.createElement('span'), { textContent: `${Math.round(100 * probability)} %` }));
      item.setAttribute('aria-label', `${spoken(text)}: ${Math.round(100 * probability)} percent`);
      return item;
    }));
  }

  #grid() {
    const all = this.#answer.units * this.#answer.layers, columns = Math.ceil(Math.sqrt(2 * all));
    return { all, columns, rows: Math.max(1, Math.ceil(all / columns)) };
  }

  #units() {
    const { rows, pieces, units, layer, unit } = this.#answer, { all, columns, rows: high } = this.#grid(), values = this.#numbers.subarray(rows.length * pieces.length);
    const context = this.map.getContext('2d'), wide = this.map.width / columns, tall = this.map.height / high;
    context.clearRect(0, 0, this.map.width, this.map.height);
    for (let i = 0; i < all; i++) {
      context.fillStyle = colourOf(values[i]);
      context.fillRect(i % columns * wide, Math.floor(i / columns) * tall, wide, tall);
    }
    const chosen = (layer - 1) * units + unit - 1;
    context.strokeStyle = getComputedStyle(this.map).color;
    context.lineWidth = 2;
    context.strokeRect(chosen % columns * wide, Math.floor(chosen / columns) * tall, wide, tall);
  }

  #say() {
    const { pieces, rows, at, layer, layers, unit, next } = this.#answer, values = rows.map((name, row) => `${name} ${signed(this.#row(row, pieces.length)[at])}`);
    byId('place').textContent = `“${spoken(pieces[at])}”, ${at + 1} of ${pieces.length}: unit ${unit}${layers > 1 ? ` of layer ${layer}` : ''}: ${values.join(', ')}. Expected next: ${next.slice(0, 3).map(one => `${spoken(one.text)} ${Math.round(100 * one.probability)} %`).join(', ')}.`;
  }

  #go(at) {
    at = Math.max(0, Math.min(this.#answer.pieces.length - 1, at));
    this.#answer.at = at;
    this.#spans.forEach((span, i) => span.toggleAttribute('data-at', i === at));
    this.#spans[at].scrollIntoView({ block: 'nearest' });
    this.onPlace(at);
  }

  #key(event) {
    if (!this.#answer || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#answer.at, line = Math.max(10, Math.round(this.root.clientWidth / 10));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + line, ArrowUp: at - line, Home: 0, End: this.#answer.pieces.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#go(to);
  }
}
