// The playground's page: its controls, what it draws of each frame, and its address.
import { Line } from './line.js';
import { desk } from './desk.js';
import { lesson } from './lesson.js';
import { Network } from './network.js';
import { Curve } from './curve.js';
import { paint, paintClasses, paintShare, colourOf, colourOfClass } from './colours.js';
import { drawPoints, sketch } from './points.js';
import { show, typed } from './numbers.js';
import { preset } from './presets.js';

const byId = id => document.getElementById(id);
const page = byId('playground'), note = byId('note'), map = byId('map'), announcer = byId('announcer');
const features = [['x', 'X₁'], ['y', 'X₂'], ['xSquared', 'X₁²'], ['ySquared', 'X₂²'], ['xTimesY', 'X₁X₂'], ['sinX', 'sin X₁'], ['sinY', 'sin X₂'], ['cosX', 'cos X₁'], ['cosY', 'cos X₂']]
  .map(([name, label]) => ({ name, label }));
const curve = new Curve(byId('curve'));
let setup = null, training = [], test = [], frame = null, maps = null, looked = null, expected = '', anew = false, classes = 2, reach = 6;

let begins = new URLSearchParams(location.search).has('play');

const line = new Line(take, (open, reason) => { page.dataset.ready = String(open && setup !== null); anew ||= !open && setup !== null; if (!open) say(reason || 'The line to Inkling is down. Trying again…'); else if (setup === null) say(''); }, () => expected || location.hash || lesson.setup || location.search);
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
  }
  if (answer.begun) {
    curve.clear();
    frame = null;
    send({ do: 'speed', value: byId('speed').value });
  }
  expected = `#${answer.setup}`;
  if (location.hash !== expected || begins) history.replaceState(null, '', location.pathname + lesson.query + expected);
  fill();
  network.classesOnly = setup.discretize === 'true';
  classes = answer.classes;
  network.build(answer.widths, answer.inputs, classes > 2 ? classes : 0, answer.classNames, answer.inputColumns);
  legend(answer);
  reach = answer.reach;
  const ends = [String(reach), '0', `−${reach}`];
  document.querySelectorAll('.axis--up i').forEach((tick, i) => { tick.textContent = ends[i]; });
  document.querySelectorAll('.axis--across i').forEach((tick, i) => { tick.textContent = ends[2 - i]; });
  const hidden = answer.widths.length - 2;
  byId('layers').textContent = `${hidden} hidden layer${hidden === 1 ? '' : 's'}`;
  const [less, more] = [byId('layer-less'), byId('layer-more')], focused = document.activeElement;
  less.disabled = hidden === 0;
  more.disabled = hidden >= 6;
  if (focused === less && less.disabled) more.focus();
  if (focused === more && more.disabled) less.focus();
  page.dataset.ready = 'true';
  drawMap();
  // "?play": whoever made the link wants to see it train. Once only, and no longer in the address.
  if (begins) send({ do: 'play' });
  begins = false;
}

/** Puts the setup into the controls. */
function fill() {
  for (const control of page.querySelectorAll('[data-field]')) {
    const value = setup[control.dataset.field];
    if (control.type === 'radio') control.checked = control.value === value;
    else if (control.type === 'checkbox') control.checked = value === 'true';
    else if (control.tagName === 'SELECT') {
      show(control, value);
    } else if (control.type === 'number') {
      if (control !== document.activeElement) control.value = value; // what is being typed stays
    } else {
      control.value = value;
      control.setAttribute('aria-valuetext', value + (page.querySelector(`[data-of="${control.dataset.field}"]`)?.dataset.unit ?? ''));
    }
  }
  byId('presets').hidden = !setup.dataset.startsWith('gate-') || setup.problem !== 'classification';
  for (const name of ['noise', 'percTrainData']) byId(name).disabled = desk.shape.ownCount != null && name === 'noise' || setup.problem === 'classification' && setup.dataset.startsWith('gate-');
  byId('batchSize').disabled = setup.optimizer === 'lbfgs';
  byId('batchSize').title = setup.optimizer === 'lbfgs' ? 'L-BFGS takes all points at once' : '';
  for (const output of page.querySelectorAll('[data-of]')) output.textContent = setup[output.dataset.of] + output.dataset.unit;
  byId('classes').closest('.slide').hidden = setup.problem === 'regression' || !['arms', 'blobs'].includes(setup.dataset);
  for (const set of page.querySelectorAll('[data-problem]')) set.hidden = set.dataset.problem !== setup.problem;
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

/** What colours mean: from −1 to 1, or a colour for each class. */
function legend(answer) {
  const list = byId('classes-legend');
  byId('scale').hidden = classes > 2;
  list.hidden = classes <= 2;
  list.replaceChildren(...(classes > 2 ? Array.from({ length: classes }, (_, index) => {
    const entry = document.createElement('li'), swatch = document.createElement('span');
    swatch.className = `swatch swatch--${index % 4}`;
    swatch.style.background = colourOfClass(index);
    entry.append(swatch, answer.classNames?.[index] ?? `class ${index + 1}`);
    return entry;
  }) : []));
  byId('loss').disabled = classes !== 2;
  byId('loss').value = classes > 2 ? 'cross-entropy' : classes === 0 ? 'squared' : setup.loss;
  byId('loss').title = classes > 2 ? 'More than two classes: cross-entropy of a softmax' : classes === 0 ? 'A number: half the squared error' : '';
}

const share = value => (value == null ? '–' : `${(100 * value).toFixed(1)} %`);
const number = value => (value == null ? '∞' : value < 0.0001 && value > 0 ? value.toExponential(1) : value.toFixed(3));

function draw(before) {
  const playing = frame.playing === true;
  page.dataset.playing = String(playing);
  byId('play').querySelector('span').textContent = playing ? 'Pause' : 'Play';
  byId('epoch').textContent = Math.floor(frame.epoch).toLocaleString('en');
  byId('training-loss').textContent = number(frame.trainingLoss);
  byId('test-loss').textContent = number(frame.testLoss);
  byId('test-accuracy').textContent = share(frame.testAccuracy);
  byId('training-accuracy').textContent = share(frame.trainingAccuracy);
  byId('pace').textContent = frame.pace > 0 ? (frame.pace < 10 ? frame.pace.toFixed(1) : Math.round(frame.pace).toLocaleString('en')) : '–';
  if (frame.note) say(frame.note);
  else if (before?.note) say('');
  const output = network.show(frame, maps);
  curve.add(frame.epoch, frame.trainingLoss, frame.testLoss);
  curve.best(frame.bestEpoch ?? null);
  paintMap(output);
  tell(playing);
}

function drawMap() {
  if (frame && maps) paintMap(maps.subarray(maps.length - (classes > 2 ? 2 : 1) * 96 * 96));
}

function paintMap(output) {
  const classesOnly = setup.discretize === 'true';
  if (looked?.output) paintShare(map, network.mapOf(maps, looked.layer, looked.neuron), 32, looked.neuron);
  else if (looked) paint(map, network.mapOf(maps, looked.layer, looked.neuron), 32, classesOnly);
  else if (classes > 2) paintClasses(map, output, output.subarray(96 * 96), 96, classes, classesOnly);
  else paint(map, output, 96, classesOnly);
  if (classes <= 2) paint(network.outputButtons[0].querySelector('canvas'), output, 96, classesOnly);
  drawPoints(map, training, reach < 6 ? 9 : 5, false, { classes, reach });
  // What somebody drew is to be seen, whether it tests or not.
  if (setup.showTestData === 'true' || (desk.shape.ownCount != null && !desk.shape.inputColumns)) drawPoints(map, test, reach < 6 ? 9 : 5, true, { classes, reach });
  if (desk.pending?.length) drawPoints(map, desk.pending, 5, false, { classes });
  byId('output-title').textContent = looked ? looked.label : 'Output';
}

let told = 0;
/** Says how it stands to who does not see it: at the start, at the end, and every few seconds between. */
function tell(playing) {
  const now = performance.now();
  if (playing && now - told < 4000) return;
  told = now;
  map.setAttribute('aria-label', `What ${looked ? looked.label : 'the network'} says over the plane, with the points; test loss ${number(frame.testLoss)}`);
  const right = frame.testAccuracy == null ? '' : `, ${share(frame.testAccuracy)} of the test points right`;
  const text = `${playing ? 'Training' : 'Paused'}, epoch ${Math.floor(frame.epoch)}, training loss ${number(frame.trainingLoss)}, test loss ${number(frame.testLoss)}${right}.`;
  if (announcer.textContent !== text) announcer.textContent = text;
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
  if (event.target.type !== 'range' || !event.target.dataset.field) return;
  const output = page.querySelector(`[data-of="${event.target.dataset.field}"]`);
  output.textContent = event.target.value + output.dataset.unit;
});
byId('play').onclick = () => send({ do: page.dataset.playing === 'true' ? 'pause' : 'play' });
byId('step').onclick = () => send({ do: 'step' });
byId('reset').onclick = () => send({ do: 'reset' });
byId('speed').onchange = () => send({ do: 'speed', value: byId('speed').value });
byId('regenerate').onclick = () => send({ do: 'set', name: 'seed', value: String(Math.floor(Math.random() * 1e6)) });
byId('pin').onclick = () => send({ do: 'pin' });
desk.on('pinned', answer => copy(`${location.origin}${location.pathname}#${answer.setup}`, 'The link is copied; it opens with these weights.'));
for (const button of page.querySelectorAll('[data-preset]')) button.onclick = () => send({ do: 'open', name: preset(button.dataset.preset, setup) });
for (const name of ['learningRate', 'regularizationRate']) typed(byId(name), (field, value) => send({ do: 'set', name: field, value }));
byId('code').onclick = () => send({ do: 'code' });
byId('link').onclick = () => copy(location.href, 'The link is copied.');
async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
    if (desk.shape?.kept) say('The link is copied, but your points are too many for it: download them as CSV to keep them.');
    else { say(''); announcer.textContent = told; }
  } catch { say('The link could not be copied; it stands in the address bar.'); }
}
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
