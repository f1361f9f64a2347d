// One's own points: drawn on the map, written one by one, or read from a table, which goes to the run in parts.
import { desk } from './desk.js';
import { drawPoints } from './points.js';
import { colourOf, colourOfClass, strong } from './colours.js';

const byId = id => document.getElementById(id);
const map = byId('map'), pens = byId('pens'), says = byId('csv-says'), target = byId('target'), panel = byId('own');
const mostCharacters = 4 * 1024 * 1024, partLength = 12_000, mostOfStroke = 300, apart = 0.22;
let pen = '1', text = '', stroke = null;

const shape = () => desk.shape;
const owns = () => shape()?.ownCount != null;
const columns = () => shape()?.inputColumns;
const names = () => shape().classNames ?? Array.from({ length: Math.max(2, shape().classes) }, (_, index) => `class ${index + 1}`);
const numbers = () => shape().classes === 0;
const labelOf = () => (numbers() ? Number(byId('pen-value').value) : Number(pen));
// What is drawn before the run answers has labels as points have: of two classes −1 and 1.
const shown = label => (numbers() || shape().classes > 2 ? label : 2 * label - 1);
const colour = index => (shape().classes > 2 || index > 1 ? colourOfClass(index) : strong(index ? 1 : -1));

desk.on('setup', () => {
  const draws = owns() && !columns();
  byId('draw').hidden = !draws;
  byId('axes').hidden = !columns();
  map.classList.toggle('drawable', draws);
  byId('own-kept').hidden = !shape().kept;
  byId('own-copy').disabled = owns();
  byId('own-says').textContent = owns() ? `${shape().ownCount.toLocaleString('en')} point${shape().ownCount === 1 ? '' : 's'}${shape().kept ? ', not in the link' : ''}.` : 'Draw them, paste or drop a CSV, or write them one by one.';
  byId('own-hint').textContent = columns() ? 'These points have more columns than the map shows; they cannot be drawn. Begin with two points to draw.' : owns() ? 'With the pointer on the map, or here.' : 'Adding one begins with two points; or go on from those shown.';
  for (const control of byId('point').elements) control.disabled = Boolean(columns());
  fillPens(draws);
  if (columns()) for (const [id, field] of [['mapX', 'mapX'], ['mapY', 'mapY']]) {
    byId(id).replaceChildren(...columns().map((name, index) => new Option(name, index + 1)));
    byId(id).value = String(Math.min(columns().length, Number(desk.setup[field])));
  }
  desk.pending = [];
});

function fillPens(draws) {
  const classes = numbers() ? 0 : names().length, more = classes > 0 && classes < 8 && owns();
  byId('point-class-pick').hidden = numbers();
  byId('point-label-pick').hidden = !numbers();
  const options = classes ? [...names(), ...(more ? ['one more class'] : [])] : [];
  const chosen = byId('point-class').value;
  byId('point-class').replaceChildren(...options.map((name, index) => new Option(name, index)));
  byId('point-class').value = chosen && Number(chosen) < options.length ? chosen : '0';
  if (!draws) return;
  byId('pen-number').hidden = !numbers();
  const all = [...(numbers() ? [['number', 'number']] : options.map((name, index) => [String(index), name])), ['erase', 'eraser']];
  if (!all.some(([value]) => value === pen)) pen = all[0][0];
  const focused = pens.contains(document.activeElement);
  pens.replaceChildren(pens.querySelector('legend'), ...all.map(([value, name]) => {
    const label = document.createElement('label'), input = Object.assign(document.createElement('input'), { type: 'radio', name: 'pen', value, checked: value === pen });
    const swatch = Object.assign(document.createElement('span'), { className: `swatch swatch--${shape().classes > 2 ? Number(value) % 4 || 0 : 0}` });
    if (value !== 'erase') swatch.style.background = value === 'number' ? colourOf(labelOf()) : colour(Number(value));
    else swatch.classList.add('swatch--none');
    input.onchange = () => { pen = value; };
    label.append(input, swatch, name);
    return label;
  }));
  if (focused) pens.querySelector(':checked')?.focus();
}

byId('pen-value').oninput = () => { byId('pen-says').textContent = byId('pen-value').value; pen = 'number'; fillPens(true); };

// ---- the pointer ----
const placeOf = event => {
  const box = map.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width * 12 - 6, 6 - (event.clientY - box.top) / box.height * 12].map(value => Math.round(1000 * Math.max(-6, Math.min(6, value))) / 1000);
};
map.addEventListener('pointerdown', event => {
  if (!map.classList.contains('drawable') || event.button !== 0) return;
  event.preventDefault();
  map.setPointerCapture(event.pointerId);
  stroke = { points: [], last: null, erases: pen === 'erase', label: labelOf() };
  extend(event);
});
map.addEventListener('pointermove', event => { if (stroke) for (const one of event.getCoalescedEvents?.() ?? [event]) extend(one); });
map.addEventListener('pointerup', finish);
map.addEventListener('pointercancel', finish);

function extend(event) {
  const [x, y] = placeOf(event), { last, points } = stroke;
  if (last && Math.hypot(x - last[0], y - last[1]) < (stroke.erases ? apart : 2 * apart)) return;
  if (points.length > 3 * mostOfStroke) return;
  stroke.last = [x, y];
  if (stroke.erases) { points.push(x, y); hole(x, y); return; }
  points.push(x, y, stroke.label);
  desk.pending = [...(desk.pending ?? []), x, y, shown(stroke.label)];
  drawPoints(map, [x, y, shown(stroke.label)], 5, false, { classes: shape().classes });
}

function hole(x, y) {
  const context = map.getContext('2d'), scale = map.width / 12;
  context.beginPath();
  context.arc((x + 6) * scale, (6 - y) * scale, 0.5 * scale, 0, 7);
  context.strokeStyle = '#888';
  context.lineWidth = 2;
  context.stroke();
}

function finish() {
  if (!stroke) return;
  desk.send({ do: stroke.erases ? 'own/erase' : 'own/add', body: stroke.points });
  desk.announce(stroke.erases ? 'Erased.' : `${stroke.points.length / 3} point${stroke.points.length === 3 ? '' : 's'} drawn.`);
  stroke = null;
}

// ---- one by one ----
const place = () => [byId('point-x').valueAsNumber, byId('point-y').valueAsNumber];
byId('point').onsubmit = event => {
  event.preventDefault();
  const label = numbers() ? byId('point-label').valueAsNumber : Number(byId('point-class').value);
  if ([...place(), label].every(Number.isFinite)) { desk.send({ do: 'own/add', body: [...place(), label] }); desk.announce(`A point at ${place().join(', ')}.`); }
};
byId('point-erase').onclick = () => { if (place().every(Number.isFinite)) desk.send({ do: 'own/erase', body: place() }); };
byId('own-copy').onclick = () => desk.send({ do: 'own/copy' });
byId('own-start').onclick = () => desk.send({ do: 'own/start' });
byId('own-save').onclick = () => desk.send({ do: 'own/save' });
desk.on('points', ({ code }) => {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([code], { type: 'text/csv' })), download: 'points.csv' });
  link.click();
  URL.revokeObjectURL(link.href);
});

// ---- a table ----
function read(table, column = '') {
  text = table;
  const cut = text.length > mostCharacters ? text.slice(0, mostCharacters + 1) : text;
  desk.send({ do: 'own/begin' });
  for (let at = 0; at < cut.length;) {
    // A command is at most 16 KB: what is longer in bytes than in letters goes in shorter parts.
    let length = partLength;
    while (length > 500 && JSON.stringify(cut.slice(at, at + length)).length + 2 * (cut.slice(at, at + length).match(/[^\x00-\x7f]/g)?.length ?? 0) > 15_000) length >>= 1;
    desk.send({ do: 'own/part', value: cut.slice(at, at + length) });
    at += length;
  }
  desk.send({ do: 'own/read', name: column });
  says.replaceChildren(Object.assign(document.createElement('p'), { className: 'quiet', textContent: 'Reading…' }));
}

async function readFile(file) {
  if (!file) return;
  panel.open = true;
  try {
    // No more than is read travels; the run says what was left out.
    read(await file.slice(0, 4 * mostCharacters).text());
    byId('csv').value = text.length < 20_000 ? text : '';
  } catch { says.replaceChildren(Object.assign(document.createElement('p'), { textContent: 'The file could not be read.' })); }
}

byId('csv-read').onclick = () => { if (byId('csv').value.trim() !== '' || text === '') text = byId('csv').value; read(text); };
byId('csv-file').onchange = event => { readFile(event.target.files[0]); event.target.value = ''; };
target.onchange = () => read(text, target.value);
for (const place of [panel, map]) {
  place.addEventListener('dragover', event => { if ([...event.dataTransfer.types].includes('Files')) { event.preventDefault(); place.classList.add('dropping'); } });
  place.addEventListener('dragleave', () => place.classList.remove('dropping'));
  place.addEventListener('drop', event => { place.classList.remove('dropping'); if (event.dataTransfer.files.length) { event.preventDefault(); readFile(event.dataTransfer.files[0]); } });
}
desk.on('own', answer => {
  if (answer.columns?.length) {
    byId('target-pick').hidden = false;
    target.replaceChildren(...answer.columns.map(name => new Option(name, name)));
    target.value = answer.target ?? '';
  }
  const list = document.createElement('ul');
  list.append(...(answer.note ? [answer.note] : answer.notes).map(note => Object.assign(document.createElement('li'), { textContent: note })));
  list.className = answer.note ? 'said said--no' : 'said';
  says.replaceChildren(list);
});
