// The race: who leads, in a curve, in small maps, in a table and in words.
import { desk } from '../desk.js';
import { paintOutput } from '../colours.js';
import { announce, byId, number, list, spelt, element, lines, dashes } from './parts.js';

const form = byId('race-form'), table = byId('race-table'), words = byId('race-words'), pause = byId('race-pause');
const groups = [...form.querySelectorAll('[data-race-field]')];
let body = null, maps = null, key = '', leader = '', fieldOfRows = '';

const chosen = () => [...groups.find(group => !group.hidden).querySelectorAll('input:checked')].map(input => input.value);

byId('race-field').onchange = event => { for (const group of groups) group.hidden = group.dataset.raceField !== event.target.value; };
form.onsubmit = event => {
  event.preventDefault();
  desk.send({ do: 'race/start', body: { field: byId('race-field').value, values: chosen(), epochs: Number(byId('race-epochs').value) } });
};
pause.onclick = () => desk.send({ do: body?.state === 'running' ? 'race/pause' : 'race/go' });

function rows() {
  const now = JSON.stringify([body.field, body.racers.map(racer => racer.value)]);
  if (now === key) return;
  key = now;
  leader = '';
  fieldOfRows = body.field;
  table.replaceChildren(...body.racers.map((racer, at) => {
    const name = spelt(body.field, racer.value), take = element('button', { type: 'button', className: 'button button--small', textContent: body.field === 'seed' ? 'Take its weights' : 'Use' });
    take.setAttribute('aria-label', body.field === 'seed' ? `Take the weights of ${name}` : `Use ${name}`);
    take.onclick = () => use(at, racer.value);
    const swatch = element('span', { className: 'stroke-key' });
    swatch.style.color = `var(--line-${at + 1})`;
    swatch.dataset.dash = at % 4;
    return element('tr', {}, element('td', { className: 'number' }), element('th', { scope: 'row' }, swatch, name),
      element('td', {}, element('canvas', { className: 'small-map', width: 80, height: 80 })), element('td', { className: 'number' }), element('td', { className: 'number' }), element('td', {}, take));
  }));
}

function use(at, value) {
  if (fieldOfRows === 'seed') { desk.send({ do: 'race/take', body: { index: at } }); return; }
  if (fieldOfRows === 'regularizationRate' && desk.setup.regularization === 'none') desk.send({ do: 'set', name: 'regularization', value: 'L2' });
  desk.send({ do: 'set', name: fieldOfRows, value });
  announce(`${spelt(fieldOfRows, value)} is used; the network begins anew.`);
}

function say() {
  const running = body.ranking.map(at => body.racers[at]).filter(racer => racer.divergedAt == null && racer.testLoss != null), name = racer => spelt(body.field, racer.value);
  const gone = body.racers.filter(racer => racer.divergedAt != null);
  const parts = [];
  if (running.length > 0) {
    const rest = running.slice(1, 4).map(racer => `${name(racer)} (${number(racer.testLoss)})`);
    const when = body.state === 'over' ? `It is over after ${body.epoch.toLocaleString('en')} epochs: ` : `${body.epoch.toLocaleString('en')} of ${body.epochs.toLocaleString('en')} epochs: `;
    parts.push(`${when}${name(running[0])} ${body.state === 'over' ? 'wins' : 'leads'} with a test loss of ${number(running[0].testLoss)}${rest.length ? `, ahead of ${list(rest)}` : ''}.`);
  }
  if (gone.length > 0) parts.push(`${list(gone.map(racer => `${name(racer)} at step ${racer.divergedAt.toLocaleString('en')}`))} diverged: numbers grew without bound.`);
  words.textContent = parts.join(' ');
  const now = `${body.state} ${running[0] ? running[0].value : ''} ${gone.length}`;
  if (body.epoch > 0 && now !== leader) { leader = now; announce(words.textContent); }
}

desk.on('race', (answer, bytes) => {
  body = answer.body;
  maps = bytes.slice();
  byId('race-problem').textContent = body.problem ?? '';
  byId('race-board').hidden = body.racers.length === 0;
  pause.disabled = body.state !== 'running' && body.state !== 'paused';
  pause.textContent = body.state === 'paused' ? 'Go on with the race' : 'Pause the race';
  if (body.racers.length === 0) return;
  rows();
  draw();
  say();
});

function draw() {
  if (!body || body.racers.length === 0) return;
  const place = new Map(body.ranking.map((at, i) => [at, i + 1])), side = body.mapSide;
  [...table.rows].forEach((row, at) => {
    const racer = body.racers[at], diverged = racer.divergedAt != null;
    row.cells[0].textContent = diverged ? '–' : place.get(at);
    row.classList.toggle('first', place.get(at) === 1 && !diverged && body.epoch > 0);
    paintOutput(row.cells[2].firstChild, maps.subarray(at * side * side, (at + 1) * side * side), side, desk.shape.classes);
    row.cells[3].textContent = diverged ? 'diverged' : number(racer.testLoss);
    row.cells[4].textContent = diverged ? '–' : number(racer.trainingLoss);
    row.cells[5].firstChild.disabled = diverged;
  });
  const colours = [...table.querySelectorAll('.stroke-key')].map(swatch => getComputedStyle(swatch).color);
  lines(byId('race-curve'), body.curveEpochs, body.racers.map((racer, at) => ({ values: racer.curve, colour: colours[at], dash: dashes[at] })));
}

export const race = { draw, open: draw };
