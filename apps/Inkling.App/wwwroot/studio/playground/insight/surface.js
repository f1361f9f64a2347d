// The loss surface: a heat map with contours, ways over it, valleys in it.
import { desk } from '../desk.js';
import { announce, byId, element, fit, number, spelt } from './parts.js';
import { heat, scaleOf } from './heat.js';

const canvas = byId('surface-map'), form = byId('surface-form'), stop = byId('surface-stop'), words = byId('surface-words'), ways = byId('surface-ways'), valleys = byId('surface-valleys');
let body = null, losses = null, seed = 1, drawnOnce = false, said = '', picture = null;

form.onsubmit = event => {
  event.preventDefault();
  if (drawnOnce) seed++;
  drawnOnce = true;
  desk.send({ do: 'surface/draw', body: { kind: byId('surface-kind').value, seed } });
};
stop.onclick = () => desk.send({ do: body?.state === 'running' ? 'surface/stop' : 'surface/go' });

function contours(context, values, side, size) {
  const step = size / (side - 1);
  context.strokeStyle = 'rgba(0, 0, 0, 0.38)';
  context.lineWidth = 1;
  context.beginPath();
  for (let level = 0.08; level < 1; level += 0.0834) {
    for (let row = 0; row + 1 < side; row++) {
      for (let column = 0; column + 1 < side; column++) {
        // The edges of the cell that the level crosses, two or four of them, joined in pairs.
        const at = row * side + column, corners = [values[at], values[at + 1], values[at + side + 1], values[at + side]], crossed = [];
        for (let edge = 0; edge < 4; edge++) {
          const from = corners[edge], to = corners[(edge + 1) % 4];
          if ((from < level) === (to < level)) continue;
          const part = (level - from) / (to - from);
          crossed.push([[column + part, row], [column + 1, row + part], [column + 1 - part, row + 1], [column, row + 1 - part]][edge]);
        }
        for (let i = 0; i + 1 < crossed.length; i += 2) { context.moveTo(crossed[i][0] * step, crossed[i][1] * step); context.lineTo(crossed[i + 1][0] * step, crossed[i + 1][1] * step); }
      }
    }
  }
  context.stroke();
}

function way(context, points, size, colour) {
  const all = Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i] * size, points[2 * i + 1] * size]);
  for (const [width, style] of [[5, 'rgba(255, 255, 255, 0.85)'], [2.25, colour]]) {
    context.beginPath();
    all.forEach(([x, y], i) => context[i ? 'lineTo' : 'moveTo'](x, y));
    context.lineWidth = width;
    context.strokeStyle = style;
    context.lineJoin = 'round';
    context.stroke();
  }
  if (all.length === 0) return;
  const dot = ([x, y], radius, fill) => { context.beginPath(); context.arc(x, y, radius, 0, 7); context.fillStyle = fill; context.fill(); context.lineWidth = 2; context.strokeStyle = fill === colour ? '#fff' : colour; context.stroke(); };
  if (all.length > 1) dot(all[0], 4, '#fff');
  dot(all.at(-1), 6, colour);
}

function pictureOf(values, side) {
  picture ??= document.createElement('canvas');
  picture.width = picture.height = side;
  const context = picture.getContext('2d'), image = context.createImageData(side, side);
  for (let i = 0; i < values.length; i++) { const [r, g, b] = heat(values[i]); image.data.set([r, g, b, 255], 4 * i); }
  context.putImageData(image, 0, 0);
  return picture;
}

function draw() {
  const fitted = fit(canvas);
  if (!fitted || !body || !losses?.length) return;
  const { context, width: size } = fitted, side = body.side, scale = scaleOf(losses);
  if (!scale) return;
  const values = Float32Array.from(losses, scale.share);
  context.imageSmoothingQuality = 'high';
  // The middles of the first and the last row are the edges of the picture.
  context.drawImage(pictureOf(values, side), 0.5, 0.5, side - 1, side - 1, 0, 0, size, size);
  if (body.done > side * side / 4) contours(context, values, side, size);
  const colours = [...ways.querySelectorAll('.stroke-key')].map(swatch => getComputedStyle(swatch).color);
  [...body.paths.keys()].reverse().forEach(i => way(context, body.paths[i].points, size, i === 0 ? '#111' : colours[i]));
  body.valleys.forEach((valley, i) => {
    const x = valley.x * size, y = valley.y * size;
    context.beginPath(); context.arc(x, y, 9, 0, 7); context.fillStyle = valley.good ? '#0b6b45' : '#8a1c14'; context.fill(); context.lineWidth = 1.5; context.strokeStyle = '#fff'; context.stroke();
    context.fillStyle = '#fff'; context.font = 'bold 11px system-ui, sans-serif'; context.textAlign = 'center'; context.textBaseline = 'middle'; context.fillText(i + 1, x, y + 0.5);
  });
  byId('surface-low').textContent = number(scale.least);
  byId('surface-high').textContent = number(scale.most);
}

const kinds = { path: 'along the way of training', random: 'along two random directions', ends: 'through three ends' };

function say() {
  stop.disabled = body.state !== 'running' && body.state !== 'paused';
  stop.textContent = body.state === 'paused' ? 'Go on drawing' : 'Pause drawing';
  byId('surface-progress').value = body.total ? body.done / body.total : 0;
  const parts = [];
  if (body.state === 'none') parts.push('Train a little, then draw. Random directions can be drawn at once.');
  else {
    if (body.asked !== body.kind) parts.push(body.asked === 'path' ? 'There is no way yet, so these are random directions.' : 'There are no three ends yet: race three first weights of this network. These are random directions.');
    else if (body.kept != null) parts.push(`${Math.round(100 * body.kept)} % of the way lies in this plane.`);
    parts.push(`The network stands at a loss of ${number(body.loss)}.`);
    if (body.state === 'done') {
      if (body.valleys.length === 0) parts.push('There is no valley in the picture: lower places lie beyond its edges, or it is flat.');
      else {
        const [first, ...rest] = body.valleys, bad = rest.filter(valley => !valley.good).length;
        parts.push(`The lowest valley of the picture is at ${number(first.loss)}${rest.length ? `; ${rest.length} more ${rest.length === 1 ? 'is' : 'are'} in it${bad ? `, ${bad === rest.length ? 'all' : bad} of them bad: whoever falls in there stays above` : ', about as good'}` : ''}.`);
      }
    } else parts.push(`${Math.round(100 * body.done / body.total)} % are computed.`);
  }
  const text = parts.join(' ');
  if (words.textContent !== text) words.textContent = text;
  canvas.setAttribute('aria-label', body.state === 'none' ? 'The loss over a plane through the weights; not drawn yet' : `The training loss ${kinds[body.kind]}. ${text}`);
  if (body.state === 'done' && said !== `${seed}`) { said = `${seed}`; announce(text); }
}

function lists() {
  const names = body.paths.map((path, i) => (i === 0 ? 'this network' : spelt(body.field, path.value)));
  if (ways.dataset.names !== names.join('|')) {
    ways.dataset.names = names.join('|');
    ways.replaceChildren(...names.map((name, i) => { const swatch = element('span', { className: 'stroke-key' }); swatch.style.color = i === 0 ? 'var(--ink)' : `var(--line-${i})`; return element('li', {}, swatch, name); }));
  }
  const texts = body.valleys.map((valley, i) => `${i + 1}: loss ${number(valley.loss)}, ${valley.good ? 'good' : 'bad'}`);
  if (valleys.dataset.texts !== texts.join('|')) {
    valleys.dataset.texts = texts.join('|');
    valleys.replaceChildren(...texts.map((text, i) => element('li', { className: body.valleys[i].good ? 'good' : 'bad', textContent: text })));
  }
}

desk.on('surface', (answer, bytes) => {
  body = answer.body;
  losses = new Float32Array(bytes.slice().buffer);
  if (body.state === 'none') { const fitted = fit(canvas); fitted?.context.clearRect(0, 0, fitted.width, fitted.height); said = ''; }
  lists();
  draw();
  say();
});

export const surface = { draw };
