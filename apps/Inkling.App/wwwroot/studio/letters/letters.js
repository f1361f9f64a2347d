// The page of letters: its controls, training, what the network writes, and the unit that is looked at.
import { Line } from '../playground/line.js';
import { Curve } from '../playground/curve.js';
import { Reading } from './reading.js';

const longest = 200_000;
const byId = id => document.getElementById(id);
const page = byId('letters'), note = byId('note'), announcer = byId('announcer'), own = byId('own');
const curve = new Curve(byId('curve'));
let values = null, expected = null, kept = '', frame = null, anew = false, known = null;

const line = new Line(take, (open, reason) => {
  page.dataset.ready = String(open && values !== null);
  anew ||= !open && values !== null;
  if (!open) say(reason || 'The line to Inkling is down. Trying again…');
  else if (values === null) say('');
}, () => ({ name: expected ?? location.hash, value: kept || undefined }), '/playground/letters/socket');
const send = command => line.send(command);
const set = (name, value) => send({ do: 'set', name, value: String(value) });
const reading = new Reading(at => send({ do: 'at', value: String(at) }), choose);

function take(answer, bytes) {
  if (answer.kind === 'setup') takeSetup(answer);
  else if (answer.kind === 'frame') takeFrame(answer);
  else if (answer.kind === 'reading') takeReading(answer, bytes);
  else if (answer.note) say(answer.note);
}

function takeSetup(answer) {
  values = answer.values;
  say(anew ? 'The line to Inkling was down; the network begins anew.' : answer.problems.join(' '));
  anew = false;
  expected = `#${answer.setup}`;
  if (location.hash !== expected && !(answer.setup === '' && location.hash === '')) history.replaceState(null, '', location.pathname + (answer.setup ? expected : ''));
  if (answer.anew) {
    curve.clear();
    frame = null;
  }
  for (const control of page.querySelectorAll('[data-field]')) fill(control, values[control.dataset.field]);
  for (const output of page.querySelectorAll('[data-of]')) output.textContent = Number(values[output.dataset.of]).toFixed(1);
  byId('own-part').hidden = values.text !== 'own' || values.model !== '';
  byId('about').textContent = answer.about;
  for (const id of ['play', 'step', 'reset']) byId(id).disabled = !answer.canLearn;
  for (const id of ['cell', 'units', 'layers', 'rate', 'length', 'text', 'temperature']) byId(id).disabled = values.model !== '';
  if (values.model !== '') byId('sample').textContent = 'A mail model is looked at here. It writes in the composer.';
  else if (!answer.canLearn) byId('sample').textContent = '';
  page.dataset.ready = 'true';
}

function fill(control, value) {
  if (control === document.activeElement && control.tagName === 'TEXTAREA') return;
  if (control.tagName === 'SELECT' && ![...control.options].some(option => option.value === value)) {
    control.querySelector('[data-other]')?.remove();
    const other = new Option(value, value);
    other.dataset.other = '';
    control.append(other);
  }
  control.value = value;
}

const nats = value => (value == null ? '–' : value.toFixed(3));

function takeFrame(answer) {
  const before = frame;
  frame = answer;
  requestAnimationFrame(() => {
    if (frame === answer) draw(before);
    send({ do: 'drawn' });
  });
}

let told = 0;
function draw(before) {
  const playing = frame.playing === true;
  page.dataset.playing = String(playing);
  byId('play').querySelector('span').textContent = playing ? 'Pause' : 'Play';
  byId('epoch').textContent = frame.epoch < 10 ? frame.epoch.toFixed(1) : Math.floor(frame.epoch).toLocaleString('en');
  byId('loss').textContent = nats(frame.loss);
  byId('held').textContent = nats(frame.heldOutLoss);
  byId('pace').textContent = frame.pace > 0 ? Math.round(frame.pace).toLocaleString('en') : '–';
  if (frame.sample != null) byId('sample').textContent = frame.sample;
  if (frame.loss != null) curve.add(frame.epoch, frame.loss, frame.heldOutLoss ?? frame.loss);
  if (frame.note) say(frame.note);
  else if (before?.note) say('');
  const now = performance.now();
  if (playing && now - told < 4000) return;
  told = now;
  announcer.textContent = frame.loss == null ? '' : `${playing ? 'Training' : 'Paused'}, epoch ${frame.epoch.toFixed(1)}, loss ${nats(frame.loss)}${frame.heldOutLoss == null ? '' : `, on the end ${nats(frame.heldOutLoss)}`}.`;
}

function takeReading(answer, bytes) {
  known = answer;
  const layer = byId('layer');
  if (layer.options.length !== answer.layers) layer.replaceChildren(...Array.from({ length: answer.layers }, (_, i) => new Option(i + 1, i + 1)));
  layer.value = answer.layer;
  for (const id of ['unit', 'unit-slider']) {
    byId(id).max = answer.units;
    if (byId(id) !== document.activeElement || id === 'unit-slider') byId(id).value = answer.unit;
  }
  byId('unit-slider').setAttribute('aria-valuetext', `unit ${answer.unit} of ${answer.units}`);
  showMeanings(answer);
  reading.show(answer, bytes);
}

function showMeanings({ meanings, layer, unit }) {
  const root = page.querySelector('.meanings'), focused = root.contains(document.activeElement) ? document.activeElement.dataset.what : null;
  byId('meanings-hint').hidden = meanings.length > 0;
  root.querySelectorAll('button').forEach(button => button.remove());
  for (const one of meanings) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button button--small', textContent: `${one.what}: unit ${one.unit}` });
    button.dataset.what = one.what;
    button.title = `Correlation ${one.correlation.toFixed(2).replace('-', '−')}`;
    button.setAttribute('aria-pressed', one.layer === layer && one.unit === unit);
    button.onclick = () => choose(one.layer, one.unit);
    root.append(button);
    if (one.what === focused) button.focus();
  }
}

function choose(layer, unit) {
  if (known && layer !== known.layer) set('layer', layer);
  set('unit', unit);
}

function say(text) {
  note.hidden = text === '';
  if (note.lastElementChild.textContent !== text) note.lastElementChild.textContent = text;
}

page.addEventListener('change', event => {
  const { field } = event.target.dataset;
  if (!field) return;
  if (field === 'unit') { const unit = Math.round(event.target.valueAsNumber); if (unit >= 1 && known) set('unit', Math.min(unit, known.units)); }
  else set(field, event.target.value);
});
page.addEventListener('input', event => {
  if (event.target.id === 'unit-slider') set('unit', event.target.value);
  else if (event.target.id === 'temperature') page.querySelector('[data-of=temperature]').textContent = Number(event.target.value).toFixed(1);
  else if (event.target.id === 'reading') later(() => set('read', event.target.value));
  else if (event.target === own) byId('own-length').textContent = `${own.value.length.toLocaleString('en')} characters`;
});
let waiting = 0;
const later = work => { clearTimeout(waiting); waiting = setTimeout(work, 250); };

byId('learn').onclick = () => {
  kept = own.value.slice(0, longest);
  send({ do: 'text', value: kept });
  if (own.value.length > longest) announcer.textContent = 'The text was cut at 200,000 characters.';
};
byId('play').onclick = () => send({ do: page.dataset.playing === 'true' ? 'pause' : 'play' });
byId('step').onclick = () => send({ do: 'step' });
byId('reset').onclick = () => send({ do: 'reset' });
byId('link').onclick = async () => {
  try { await navigator.clipboard.writeText(location.href); announcer.textContent = 'The link is copied.'; } catch { say('The link could not be copied; it stands in the address bar.'); }
};
addEventListener('hashchange', () => { if (location.hash !== expected && (location.hash || expected !== '#')) { expected = location.hash; send({ do: 'open', name: location.hash, value: kept || undefined }); } });
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea, #read')) return;
  if (event.key === ' ' && !event.target.closest('button, summary, pre')) { event.preventDefault(); byId('play').click(); }
  else if (event.key.toLowerCase() === 'r') byId('reset').click();
  else if (event.key.toLowerCase() === 's') byId('step').click();
});
const redraw = () => { curve.draw(); reading.draw(); };
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
