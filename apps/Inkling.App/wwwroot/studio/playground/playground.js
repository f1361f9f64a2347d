// The playground's page: its controls, what it draws of each frame, and its address.
import { Line } from './line.js';
import { desk } from './desk.js';
import { Network } from './network.js';
import { Curve } from './curve.js';
import { paint, colourOf } from './colours.js';
import { drawPoints, sketch } from './points.js';

const byId = id => document.getElementById(id);
const page = byId('playground'), note = byId('note'), map = byId('map'), announcer = byId('announcer');
const features = [['x', 'X₁'], ['y', 'X₂'], ['xSquared', 'X₁²'], ['ySquared', 'X₂²'], ['xTimesY', 'X₁X₂'], ['sinX', 'sin X₁'], ['sinY', 'sin X₂'], ['cosX', 'cos X₁'], ['cosY', 'cos X₂']]
  .map(([name, label]) => ({ name, label }));
const curve = new Curve(byId('curve'));
let setup = null, training = [], test = [], frame = null, maps = null, looked = null, expected = '', anew = false;

const line = new Line(take, (open, reason) => { page.dataset.ready = String(open && setup !== null); anew ||= !open && setup !== null; if (!open) say(reason || 'The line to Inkling is down. Trying again…'); else if (setup === null) say(''); }, () => expected || location.hash || location.search);
const send = command => line.send(command);
const network = new Network(byId('net'), features, send, on => { looked = on; drawMap(); });

Object.assign(desk, { send, say, announce: text => { announcer.textContent = text; } });

function take(answer, bytes) {
  if (answer.kind === 'inputs') network.paintInputs(bytes.slice());
  else if (answer.kind === 'setup') takeSetup(answer);
  else if (answer.kind === 'frame') takeFrame(answer, bytes);
  else if (answer.kind === 'code') save(answer.code);
  else if (answer.note) say(answer.note);
  desk.take(answer, bytes);
}

function takeSetup(answer) {
  setup = desk.setup = answer.values;
  desk.shape = answer.training ? answer : { ...answer, training: desk.shape?.training, test: desk.shape?.test };
  say(anew ? 'The line to Inkling was down; the network begins anew.' : (answer.problems ?? []).join(' '));
  anew = false;
  if (answer.training) {
    training = answer.training;
    test = answer.test;
    curve.clear();
    frame = null;
    send({ do: 'speed', value: byId('speed').value });
  }
  expected = `#${answer.setup}`;
  if (location.hash !== expected) history.replaceState(null, '', location.pathname + expected);
  fill();
  network.classesOnly = setup.discretize === 'true';
  network.build(answer.widths, answer.inputs);
  const hidden = answer.widths.length - 2;
  byId('layers').textContent = `${hidden} hidden layer${hidden === 1 ? '' : 's'}`;
  const [less, more] = [byId('layer-less'), byId('layer-more')], focused = document.activeElement;
  less.disabled = hidden === 0;
  more.disabled = hidden >= 6;
  if (focused === less && less.disabled) more.focus();
  if (focused === more && more.disabled) less.focus();
  page.dataset.ready = 'true';
  drawMap();
}

/** Puts the setup into the controls. */
function fill() {
  for (const control of page.querySelectorAll('[data-field]')) {
    const value = setup[control.dataset.field];
    if (control.type === 'radio') control.checked = control.value === value;
    else if (control.type === 'checkbox') control.checked = value === 'true';
    else if (control.tagName === 'SELECT') {
      control.querySelector('[data-other]')?.remove();
      if (![...control.options].some(option => option.value === value || (value !== '' && Number(option.value) === Number(value)))) {
        const other = new Option(value, value);
        other.dataset.other = '';
        control.append(other);
      }
      control.value = [...control.options].find(option => option.value === value || Number(option.value) === Number(value)).value;
    } else {
      control.value = value;
      control.setAttribute('aria-valuetext', value + (page.querySelector(`[data-of="${control.dataset.field}"]`)?.dataset.unit ?? ''));
    }
  }
  for (const output of page.querySelectorAll('[data-of]')) output.textContent = setup[output.dataset.of] + output.dataset.unit;
  for (const set of page.querySelectorAll('[data-problem]')) set.hidden = set.dataset.problem !== setup.problem;
  byId('loss').disabled = setup.problem === 'regression';
}

function takeFrame(answer, bytes) {
  const before = frame;
  frame = desk.frame = answer;
  maps = bytes;
  requestAnimationFrame(() => {
    if (frame === answer) draw(before);
    send({ do: 'drawn' });
  });
}

const number = value => (value == null ? '∞' : value < 0.0001 && value > 0 ? value.toExponential(1) : value.toFixed(3));

function draw(before) {
  const playing = frame.playing === true;
  page.dataset.playing = String(playing);
  byId('play').querySelector('span').textContent = playing ? 'Pause' : 'Play';
  byId('epoch').textContent = Math.floor(frame.epoch).toLocaleString('en');
  byId('training-loss').textContent = number(frame.trainingLoss);
  byId('test-loss').textContent = number(frame.testLoss);
  byId('pace').textContent = frame.pace > 0 ? (frame.pace < 10 ? frame.pace.toFixed(1) : Math.round(frame.pace).toLocaleString('en')) : '–';
  if (frame.note) say(frame.note);
  else if (before?.note) say('');
  const output = network.show(frame, maps);
  curve.add(frame.epoch, frame.trainingLoss, frame.testLoss);
  paintMap(output);
  tell(playing);
}

function drawMap() {
  if (frame && maps) paintMap(maps.subarray(maps.length - 96 * 96));
}

function paintMap(output) {
  const classesOnly = setup.discretize === 'true';
  if (looked) paint(map, network.mapOf(maps, looked.layer, looked.neuron), 32, classesOnly);
  else paint(map, output, 96, classesOnly);
  paint(network.outputButton.querySelector('canvas'), output, 96, classesOnly);
  drawPoints(map, training, 5, false);
  if (setup.showTestData === 'true') drawPoints(map, test, 5, true);
  byId('output-title').textContent = looked ? looked.label : 'Output';
}

let told = 0;
/** Says how it stands to who does not see it: at the start, at the end, and every few seconds between. */
function tell(playing) {
  const now = performance.now();
  if (playing && now - told < 4000) return;
  told = now;
  map.setAttribute('aria-label', `What ${looked ? looked.label : 'the network'} says over the plane, with the points; test loss ${number(frame.testLoss)}`);
  announcer.textContent = `${playing ? 'Training' : 'Paused'}, epoch ${Math.floor(frame.epoch)}, training loss ${number(frame.trainingLoss)}, test loss ${number(frame.testLoss)}.`;
}

function say(text) {
  note.hidden = text === '';
  if (note.lastElementChild.textContent !== text) note.lastElementChild.textContent = text;
}

function save(code) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([code], { type: 'text/plain' })), download: 'Network.cs' });
  link.click();
  URL.revokeObjectURL(link.href);
}

page.addEventListener('change', event => {
  const control = event.target;
  if (!control.dataset.field) return;
  send({ do: 'set', name: control.dataset.field, value: control.type === 'checkbox' ? String(control.checked) : control.value });
});
page.addEventListener('input', event => {
  if (event.target.type !== 'range') return;
  const output = page.querySelector(`[data-of="${event.target.dataset.field}"]`);
  output.textContent = event.target.value + output.dataset.unit;
});
byId('play').onclick = () => send({ do: page.dataset.playing === 'true' ? 'pause' : 'play' });
byId('step').onclick = () => send({ do: 'step' });
byId('reset').onclick = () => send({ do: 'reset' });
byId('speed').onchange = () => send({ do: 'speed', value: byId('speed').value });
byId('regenerate').onclick = () => send({ do: 'set', name: 'seed', value: String(Math.floor(Math.random() * 1e6)) });
byId('code').onclick = () => send({ do: 'code' });
byId('link').onclick = async () => {
  try { await navigator.clipboard.writeText(location.href); say(''); announcer.textContent = 'The link is copied.'; } catch { say('The link could not be copied; it stands in the address bar.'); }
};
const shape = () => (setup.networkShape === '' ? [] : setup.networkShape.split(','));
// Kept at once, so that a second click before the answer counts from the first.
const reshape = layers => { setup.networkShape = layers.join(','); send({ do: 'set', name: 'networkShape', value: setup.networkShape }); };
byId('layer-more').onclick = () => reshape([...shape(), '2']);
byId('layer-less').onclick = () => reshape(shape().slice(0, -1));
addEventListener('hashchange', () => { if (location.hash !== expected) { expected = ''; send({ do: 'open', name: location.hash }); } });
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
  if (event.key === ' ' && !event.target.closest('button')) { event.preventDefault(); byId('play').click(); }
  else if (event.key.toLowerCase() === 'r') byId('reset').click();
  else if (event.key.toLowerCase() === 's') byId('step').click();
});
for (const canvas of page.querySelectorAll('canvas[data-set]')) sketch(canvas, canvas.dataset.set);
document.documentElement.style.setProperty('--minus', colourOf(-1));
const redraw = () => { curve.draw(); network.repaintInputs(); if (frame) draw(frame); };
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
