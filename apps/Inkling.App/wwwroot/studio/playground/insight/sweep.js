// The sweep: test losses of pairs of values as a heat map that fills while it runs.
import { desk } from '../desk.js';
import { announce, byId, element, fit, number, spelt } from './parts.js';
import { heat, scaleOf } from './heat.js';

const form = byId('sweep-form'), canvas = byId('sweep-map'), stop = byId('sweep-stop'), words = byId('sweep-words'), trials = byId('sweep-trial'), use = byId('sweep-use');
const groups = [...form.querySelectorAll('[data-sweep-field]')];
let body = null, picked = null, chosen = null, seed = 0, told = '', order = '', places = [];

const valuesOf = axis => [...groups.find(group => group.dataset.axis === axis && !group.hidden).querySelectorAll('input:checked')].map(input => input.value);
for (const axis of ['first', 'second']) byId(`sweep-${axis}`).onchange = event => { for (const group of groups) if (group.dataset.axis === axis) group.hidden = group.dataset.sweepField !== event.target.value; };
form.onsubmit = event => {
  event.preventDefault();
  picked = null;
  desk.send({ do: 'sweep/start', body: { first: byId('sweep-first').value, firstValues: valuesOf('first'), second: byId('sweep-second').value, secondValues: valuesOf('second'), trials: Number(byId('sweep-how').value), epochs: Number(byId('sweep-epochs').value), seed: ++seed } });
};
stop.onclick = () => desk.send({ do: body?.state === 'running' ? 'sweep/pause' : 'sweep/go' });
trials.onchange = () => { picked = Number(trials.value); draw(); };
use.onclick = () => {
  const trial = body.trials[chosen];
  for (const [axis, value] of [[body.first, trial.first], [body.second, trial.second]]) {
    if (axis.field === 'regularizationRate' && desk.setup.regularization === 'none') desk.send({ do: 'set', name: 'regularization', value: 'L2' });
    desk.send({ do: 'set', name: axis.field, value });
  }
  announce(`${named(trial)} are used; the network begins anew.`);
};
canvas.onclick = event => {
  const near = places.map(([x, y], i) => ({ i, far: (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2 })).filter(({ i }) => body.trials[i].done);
  if (near.length === 0) return;
  picked = near.reduce((a, b) => (a.far <= b.far ? a : b)).i;
  draw();
};

const named = trial => `${body.first.label.toLowerCase()} ${spelt(body.first.field, trial.first)}, ${body.second.label.toLowerCase()} ${spelt(body.second.field, trial.second)}`;
const written = trial => (trial.loss == null ? 'diverged' : `test loss ${number(trial.loss)}`);

function list() {
  const done = body.trials.map((trial, i) => ({ trial, i })).filter(({ trial }) => trial.done).sort((a, b) => (a.trial.loss ?? Infinity) - (b.trial.loss ?? Infinity));
  const now = done.map(({ i }) => i).join();
  if (now !== order) {
    order = now;
    trials.replaceChildren(...done.map(({ trial, i }, place) => new Option(`${place + 1}. ${written(trial)}: ${named(trial)}`, i)));
  }
  chosen = picked ?? body.best ?? null;
  if (chosen !== null) trials.value = String(chosen);
  use.disabled = trials.disabled = chosen === null;
  byId('sweep-chosen').textContent = chosen === null ? '' : `${named(body.trials[chosen])}: ${written(body.trials[chosen])}.`;
}

function draw() {
  if (!body || body.trials.length === 0) return;
  list();
  const fitted = fit(canvas);
  if (!fitted) return;
  const { context, width, height, ink } = fitted, scale = scaleOf(body.trials.map(trial => trial.loss));
  const left = 66, bottom = 46, top = 8, right = 10, columns = body.first.values.length, rows = body.second.values.length;
  const cell = body.random ? [0, 0] : [(width - left - right) / columns, (height - top - bottom) / rows];
  const x = share => left + cell[0] / 2 + share * (width - left - right - cell[0]), y = share => height - bottom - cell[1] / 2 - share * (height - top - bottom - cell[1]);
  const colour = trial => (trial.loss == null ? 'rgb(120, 120, 130)' : `rgb(${heat(scale.share(trial.loss)).map(Math.round).join()})`);
  places = body.trials.map(trial => [x(trial.x), y(trial.y)]);
  context.font = '12px system-ui, sans-serif';
  if (body.random) scatter(context, colour, left, top, width - left - right, height - top - bottom);
  else body.trials.forEach((trial, i) => grid(context, trial, places[i], cell, colour, scale));
  body.trials.forEach((trial, i) => { if (trial.done && trial.loss == null) cross(context, places[i]); });
  context.fillStyle = ink;
  context.textAlign = 'center';
  body.first.values.forEach((value, i) => context.fillText(spelt(body.first.field, value).slice(0, columns > 6 ? 9 : 14), x(body.first.places[i]), height - bottom + 16));
  context.fillText(body.first.label, left + (width - left - right) / 2, height - 8);
  context.textAlign = 'right';
  body.second.values.forEach((value, i) => context.fillText(spelt(body.second.field, value).slice(0, 10), left - 6, y(body.second.places[i]) + 4));
  if (chosen !== null) {
    const [cx, cy] = places[chosen];
    for (const [line, style] of [[5, '#fff'], [2.5, '#111']]) {
      context.lineWidth = line;
      context.strokeStyle = style;
      context.beginPath();
      if (body.random) context.arc(cx, cy, 10, 0, 7); else context.rect(cx - cell[0] / 2 + 3, cy - cell[1] / 2 + 3, cell[0] - 6, cell[1] - 6);
      context.stroke();
    }
  }
  byId('sweep-low').textContent = scale ? number(scale.least) : 'low';
  byId('sweep-high').textContent = scale ? number(scale.most) : 'high';
}

function grid(context, trial, [x, y], [wide, high], colour, scale) {
  if (!trial.done) { context.strokeStyle = 'rgba(128, 128, 128, 0.35)'; context.lineWidth = 1; context.strokeRect(x - wide / 2 + 0.5, y - high / 2 + 0.5, wide - 1, high - 1); return; }
  context.fillStyle = colour(trial);
  context.fillRect(x - wide / 2, y - high / 2, wide - 1, high - 1);
  if (trial.loss == null || wide < 38 || high < 15) return;
  const share = scale.share(trial.loss);
  context.fillStyle = share < 0.3 || share > 0.9 ? '#fff' : '#111';
  context.textAlign = 'center';
  context.fillText(number(trial.loss), x, y + 4);
}

/** Each place has the colour of the trial nearest to it. */
function scatter(context, colour, left, top, wide, high) {
  const done = body.trials.map((trial, i) => ({ trial, at: places[i] })).filter(({ trial }) => trial.done), fine = 56;
  if (done.length > 0) {
    for (let row = 0; row < fine; row++) {
      for (let column = 0; column < fine; column++) {
        const px = left + (column + 0.5) * wide / fine, py = top + (row + 0.5) * high / fine;
        let near = done[0], far = Infinity;
        for (const one of done) { const d = (one.at[0] - px) ** 2 + (one.at[1] - py) ** 2; if (d < far) { far = d; near = one; } }
        context.fillStyle = colour(near.trial);
        context.fillRect(left + column * wide / fine, top + row * high / fine, wide / fine + 0.6, high / fine + 0.6);
      }
    }
  }
  for (const { trial, at: [x, y] } of done) { context.beginPath(); context.arc(x, y, 4.5, 0, 7); context.fillStyle = colour(trial); context.fill(); context.lineWidth = 1.5; context.strokeStyle = '#fff'; context.stroke(); }
}

function cross(context, [x, y]) {
  context.strokeStyle = '#fff';
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - 5, y - 5); context.lineTo(x + 5, y + 5); context.moveTo(x + 5, y - 5); context.lineTo(x - 5, y + 5);
  context.stroke();
}

const left = seconds => (seconds == null ? '' : seconds < 90 ? ` About ${Math.max(1, Math.round(seconds))} s more.` : ` About ${Math.round(seconds / 60)} minutes more.`);

function say() {
  stop.disabled = body.state !== 'running' && body.state !== 'paused';
  stop.textContent = body.state === 'paused' ? 'Go on' : 'Stop';
  byId('sweep-progress').value = body.progress;
  if (body.state === 'none') return;
  const best = body.best == null ? '' : ` ${body.state === 'over' ? 'The best' : 'The best so far'}: ${named(body.trials[body.best])}, ${written(body.trials[body.best])}.`;
  const gone = body.trials.filter(trial => trial.done && trial.loss == null).length;
  words.textContent = `${body.state === 'over' ? `All ${body.trials.length} trials are done.` : `${body.done} of ${body.trials.length} trials${body.state === 'paused' ? ', stopped' : ''}.${body.state === 'running' ? left(body.secondsLeft) : ''}`}${best}${gone ? ` ${gone} diverged.` : ''}`;
  canvas.setAttribute('aria-label', `Test losses by ${body.first.label.toLowerCase()} and ${body.second.label.toLowerCase()}. ${words.textContent}`);
  const now = `${body.state} ${Math.floor(4 * body.done / body.trials.length)}`;
  if (now !== told) { told = now; announce(words.textContent); }
}

desk.on('sweep', answer => {
  body = answer.body;
  byId('sweep-problem').textContent = body.problem ?? '';
  byId('sweep-board').hidden = body.trials.length === 0;
  draw();
  say();
});

export const sweep = { draw };
