// Losses over the epochs: keeps at most a few hundred points by leaving out every other one.
import { desk } from './desk.js';

export class Curve {
  #points = [];
  #keepEvery = 1;
  #seen = 0;
  #moment = null; // the epoch that is looked at, where it is an earlier one
  #best = null; // the epoch whose weights were put back

  constructor(canvas) { this.canvas = canvas; }

  /** Marks the epoch whose weights were put back; null for none. */
  best(epoch) {
    if (this.#best === epoch) return;
    this.#best = epoch;
    const mark = document.getElementById('best'); // pages without early stopping have none
    if (mark) {
      mark.hidden = epoch === null;
      mark.textContent = epoch === null ? '' : `best: epoch ${Math.round(epoch)}`;
    }
    this.draw();
  }

  clear() { this.best(null); this.#points = []; this.#keepEvery = 1; this.#seen = 0; this.#moment = null; this.draw(); }

  add(epoch, training, test) {
    if (training == null || test == null) return;
    const back = epoch < (this.#points.at(-1)?.epoch ?? 0);
    this.#moment = back && !desk.frame.playing ? epoch : null;
    if (this.#moment !== null) { this.draw(); return; }
    if (back) this.#points = this.#points.filter(point => point.epoch <= epoch); // training went on from there
    const last = this.#points.at(-1);
    if (last && last.epoch === epoch) { last.training = training; last.test = test; }
    else if (this.#seen++ % this.#keepEvery === 0) this.#points.push({ epoch, training, test });
    if (this.#points.length > 600) { this.#points = this.#points.filter((_, i) => i % 2 === 0); this.#keepEvery *= 2; }
    this.draw();
  }

  draw() {
    const { canvas } = this, context = canvas.getContext('2d'), { width, height } = canvas, { color, borderTopColor } = getComputedStyle(canvas);
    context.clearRect(0, 0, width, height);
    const axis = (id, text) => { const tick = document.getElementById(id); if (tick && tick.textContent !== text) tick.textContent = text; };
    if (this.#points.length < 2) { axis('curve-top', ''); axis('curve-end', ''); return; }
    const most = Math.max(...this.#points.map(p => Math.max(p.training, p.test))) || 1, end = this.#points.at(-1).epoch || 1;
    if (this.#moment !== null) { context.fillStyle = color; context.fillRect(4 + (width - 8) * this.#moment / end - 1, 0, 2, height); }
    axis('curve-top', most.toPrecision(2));
    axis('curve-end', `epoch ${Math.round(end).toLocaleString('en')}`);
    if (this.#best !== null) {
      const x = 4 + (width - 8) * Math.min(1, this.#best / end);
      context.fillStyle = color;
      context.fillRect(x - 1, 0, 2, height);
      context.beginPath();
      context.arc(x, 8, 7, 0, 7);
      context.fill();
    }
    for (const [key, colour] of [['training', borderTopColor], ['test', color]]) {
      context.beginPath();
      this.#points.forEach((p, i) => context[i ? 'lineTo' : 'moveTo'](4 + (width - 8) * p.epoch / end, height - 6 - (height - 12) * p[key] / most));
      context.strokeStyle = colour;
      context.lineWidth = 3;
      context.setLineDash(key === 'training' ? [] : [9, 6]);
      context.stroke();
      context.setLineDash([]);
    }
  }
}
