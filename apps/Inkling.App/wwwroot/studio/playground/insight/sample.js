// One sample: forward, loss, backward and update, a step at a time or all at once.
import { desk } from '../desk.js';
import { paintOutput } from '../colours.js';
import { drawPoints } from '../points.js';
import { announce, byId, element, number } from './parts.js';

const map = byId('sample-map'), choice = byId('sample-point'), sheet = byId('sample-sheet'), steps = byId('sample-steps'), back = byId('sample-back'), next = byId('sample-next'), play = byId('sample-play'), all = byId('sample-all');
const phases = { forward: 'Forward', loss: 'Loss', backward: 'Backward', update: 'Update' };
let body = null, bytes = null, at = 0, points = null, key = '', timer = 0;

choice.onchange = () => desk.send({ do: 'sample/choose', body: { at: Number(choice.value) } });
map.onclick = event => desk.send({ do: 'sample/choose', body: { x: 12 * event.offsetX / map.clientWidth - 6, y: 6 - 12 * event.offsetY / map.clientHeight } });
back.onclick = () => go(at - 1);
next.onclick = () => go(at + 1);
all.onchange = () => { stop(); key = ''; draw(); };
play.onclick = () => {
  if (timer) { stop(); return; }
  all.checked = false;
  if (at === body.steps.length - 1) at = -1;
  go(at + 1);
  timer = setInterval(() => { if (at + 1 < body.steps.length) go(at + 1); else stop(); }, matchMedia('(prefers-reduced-motion: reduce)').matches ? 4000 : 2200);
  play.textContent = 'Stop';
  play.setAttribute('aria-pressed', 'true');
};

function stop() {
  clearInterval(timer);
  timer = 0;
  play.textContent = 'Play the steps';
  play.setAttribute('aria-pressed', 'false');
}

function go(to) {
  at = Math.max(0, Math.min(body.steps.length - 1, to));
  draw();
  const step = body.steps[at];
  announce(`Step ${at + 1} of ${body.steps.length}, ${phases[step.phase]}: ${step.title}. ${step.lines.slice(0, 8).map(line => `${line.name} is ${number(line.value)}`).join(', ')}.`);
}

/** The point's place, label and number for the list; made anew only when the points are. */
function fill() {
  const training = desk.shape?.training;
  if (!training || training === points) return;
  points = training;
  choice.replaceChildren(...Array.from({ length: points.length / 3 }, (_, i) => {
    const [x, y, label] = points.slice(3 * i, 3 * i + 3);
    return new Option(`${i + 1}: (${number(x)}, ${number(y)}), ${number(label)}`, i);
  }));
}

function tableOf(step, i) {
  const rows = step.lines.map(() => element('tr', {}, element('th', { scope: 'row' }), element('td', { className: 'formula' }), element('td', { className: 'formula' }), element('td', { className: 'number result' })));
  return element('section', {}, element('h3', { textContent: `${i + 1}. ${step.title}` }), element('p', { className: 'quiet' }),
    element('div', { className: 'scrolls', tabIndex: 0, role: 'region', ariaLabel: step.title }, element('table', { className: 'grid' },
      element('thead', {}, element('tr', {}, ...['What', 'Formula', 'With numbers', 'Is'].map(text => element('th', { scope: 'col', textContent: text })))), element('tbody', {}, ...rows))));
}

const write = (cell, text) => { if (cell.textContent !== text) cell.textContent = text; };

function draw() {
  if (!body) return;
  fill();
  at = Math.min(at, body.steps.length - 1);
  choice.value = String(body.at);
  const { classes, reach } = desk.shape;
  paintOutput(map, bytes, body.mapSide, classes);
  drawPoints(map, points ?? [], 4, false, { classes, reach });
  const context = map.getContext('2d'), x = (body.x + reach) * map.width / (2 * reach), y = (reach - body.y) * map.height / (2 * reach);
  for (const [radius, colour] of [[12, '#fff'], [10, '#000']]) { context.beginPath(); context.arc(x, y, radius, 0, 7); context.lineWidth = 3; context.strokeStyle = colour; context.stroke(); }
  const now = JSON.stringify([all.checked ? -1 : at, body.steps.map(step => [step.title, step.lines.length])]);
  const shown = all.checked ? body.steps.map((_, i) => i) : [at];
  if (now !== key) {
    key = now;
    sheet.replaceChildren(...shown.map(i => tableOf(body.steps[i], i)));
    steps.replaceChildren(...body.steps.map((step, i) => {
      const button = element('button', { type: 'button', className: 'step-link', textContent: step.title });
      button.onclick = () => { stop(); all.checked = false; go(i); };
      if (!all.checked && i === at) button.setAttribute('aria-current', 'step');
      return element('li', { className: `phase phase--${step.phase}` }, button);
    }));
    const current = steps.querySelector('[aria-current]')?.parentElement;
    if (current) steps.scrollTop = current.offsetTop - steps.offsetTop - steps.clientHeight / 2;
  }
  shown.forEach((i, place) => {
    const section = sheet.children[place], step = body.steps[i];
    write(section.children[1], `${phases[step.phase]}. ${step.explains}`);
    [...section.querySelector('tbody').rows].forEach((row, line) => {
      const { name, formula, numbers, value } = step.lines[line];
      write(row.cells[0], name);
      write(row.cells[1], formula);
      write(row.cells[2], numbers);
      write(row.cells[3], value == null ? 'not a number' : value.toPrecision(5).replace('-', '−'));
    });
  });
  back.disabled = all.checked || at === 0;
  next.disabled = all.checked || at === body.steps.length - 1;
}

desk.on('sample', (answer, map) => { body = answer.body; bytes = map.slice(); draw(); });

export const sample = { draw, close: stop };
