// Layers: the length of their gradients, units that learn nothing, histograms.
import { desk } from '../desk.js';
import { announce, byId, element, fit, number } from './parts.js';

const table = byId('layers-table'), words = byId('layers-words');
let body = null, key = '', said = '', saidAt = 0;

const percent = share => `${Math.round(100 * (share ?? 0))} %`;

function rows() {
  const now = JSON.stringify(body.layers.map(layer => layer.title));
  if (now === key) return;
  key = now;
  table.replaceChildren(...body.layers.flatMap(layer => {
    const bar = element('span', { className: 'bar-of' }, element('i'));
    const histogram = () => element('td', {}, element('canvas', { className: 'histogram' }), element('span', { className: 'ends' }, element('span'), element('span')));
    return [element('tr', {}, element('th', { scope: 'row', textContent: layer.title }), element('td', { className: 'number' }, element('span'), bar), element('td', { className: 'number' }), element('td', { className: 'number' }), histogram(), histogram()),
      element('tr', { className: 'in-words' }, element('td'), element('td', { colSpan: 5 }))];
  }));
}

function bars(cell, { low, high, counts }, what) {
  const canvas = cell.firstChild, fitted = fit(canvas), [from, to] = cell.lastChild.children;
  from.textContent = number(low);
  to.textContent = number(high);
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${what} from ${number(low)} to ${number(high)}`);
  if (!fitted) return;
  const { context, width, height, ink } = fitted, most = Math.max(1, ...counts), step = width / counts.length;
  context.fillStyle = ink;
  counts.forEach((count, i) => { const bar = count === 0 ? 0 : Math.max(1.5, (height - 2) * count / most); context.fillRect(i * step + 0.5, height - bar, step - 1, bar); });
  if (low < 0 && high > 0) { context.globalAlpha = 0.5; context.fillRect(width * -low / (high - low) - 0.5, 0, 1, height); context.globalAlpha = 1; }
}

function draw() {
  if (!body) return;
  rows();
  body.layers.forEach((layer, at) => {
    const [, norm, dead, saturated, activations, gradients] = table.rows[2 * at].cells, meaning = table.rows[2 * at + 1].cells[1];
    norm.firstChild.textContent = number(layer.norm);
    norm.querySelector('i').style.width = `${Math.max(0, Math.min(100, 100 * (Math.log10(Math.max(layer.norm ?? 0, 1e-9)) + 6) / 7))}%`;
    dead.textContent = `${layer.dead} of ${layer.units}`;
    dead.classList.toggle('bad', layer.dead > 0);
    saturated.textContent = percent(layer.saturated);
    saturated.classList.toggle('bad', layer.stuck > 0);
    bars(activations, layer.activations, 'Outputs');
    bars(gradients, layer.gradients, 'Gradients');
    if (meaning.textContent !== layer.words) meaning.textContent = layer.words;
  });
  const text = body.words || 'Gradients reach every layer.';
  if (words.textContent !== text) words.textContent = text;
}

desk.on('layers', answer => {
  body = answer.body;
  draw();
  // In words for who does not see it: when it is new, and not more often than it can be heard.
  const text = [body.words, ...body.layers.map(layer => `${layer.title}: ${layer.words}`)].filter(Boolean).join(' ');
  if (text === said || performance.now() - saidAt < 5000) return;
  said = text;
  saidAt = performance.now();
  announce(text);
});

export const layers = { draw };
