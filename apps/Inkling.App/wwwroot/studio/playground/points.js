// Points over the plane, and small pictures of each kind of them.
import { strong, colourOf, colourOfClass } from './colours.js';

/** Draws points, x, y and label of each in turn, over a plane from −reach to reach. With more than two classes labels are numbers of classes, which have a shape each. */
export function drawPoints(canvas, points, radius, ring, { classes = 2, reach = 6 } = {}) {
  const context = canvas.getContext('2d'), scale = canvas.width / (2 * reach);
  context.strokeStyle = ring ? '#000' : '#fff';
  context.lineWidth = radius / 4;
  context.lineJoin = 'round';
  for (let i = 0; i < points.length; i += 3) {
    const label = points[i + 2];
    context.fillStyle = classes > 2 ? colourOfClass(label) : Math.abs(label) < 1 ? colourOf(label) : strong(label);
    context.beginPath();
    mark(context, (points[i] + reach) * scale, (reach - points[i + 1]) * scale, radius, classes > 2 ? label % 4 : 0);
    context.fill();
    context.stroke();
  }
}

/** A circle, a square, a diamond or a triangle, of about the same area. */
export function mark(context, x, y, radius, shape) {
  if (shape === 0) return context.arc(x, y, radius, 0, 2 * Math.PI);
  const [corners, turn, size] = shape === 1 ? [4, Math.PI / 4, 1.25] : shape === 2 ? [4, 0, 1.25] : [3, 0, 1.45];
  for (let k = 0; k < corners; k++) {
    const angle = turn + 2 * Math.PI * k / corners;
    context[k ? 'lineTo' : 'moveTo'](x + radius * size * Math.sin(angle), y - radius * size * Math.cos(angle));
  }
  context.closePath();
}

/** A small picture of each kind of points, made from its formula's shape: a sketch, not the points of a run. */
export function sketch(canvas, kind) {
  const context = canvas.getContext('2d'), size = canvas.width;
  const dot = (x, y, colour) => {
    context.fillStyle = typeof colour === 'string' ? colour : strong(colour);
    context.beginPath();
    context.arc(size * (0.5 + x / 12), size * (0.5 - y / 12), size / (kind.startsWith('gate-') ? 12 : 26), 0, 7);
    context.fill();
  };
  let state = 7;
  const random = (from, to) => { state = (state * 48271) % 2147483647; return from + (to - from) * state / 2147483647; };
  for (let i = 0; i < 90; i++) {
    const value = i % 2 ? 1 : -1, angle = random(0, 2 * Math.PI), x = random(-5, 5), y = random(-5, 5), third = i % 3, colour = colourOfClass(third);
    if (kind === 'circle') { const r = value > 0 ? random(0, 2.3) : random(3.6, 5); dot(r * Math.sin(angle), r * Math.cos(angle), value); }
    else if (kind === 'xor') dot(x + Math.sign(x) * 0.4, y + Math.sign(y) * 0.4, x * y);
    else if (kind === 'gauss') dot(2 * value + random(-2, 2), 2 * value + random(-2, 2), value);
    else if (kind === 'spiral') { const at = (i >> 1) / 45, turn = 1.75 * at * 2 * Math.PI + (value > 0 ? 0 : Math.PI); dot(5 * at * Math.sin(turn), 5 * at * Math.cos(turn), value); }
    else if (kind === 'moons') { const half = angle / 2; dot(3 * Math.cos(half) - 1.5 * value, value * (3 * Math.sin(half) - 0.9), value); }
    else if (kind === 'arms') { const at = (i / 3 | 0) / 30, turn = 1.27 * at * 2 * Math.PI + third * 2.094; dot(5 * at * Math.sin(turn), 5 * at * Math.cos(turn), colour); }
    else if (kind === 'blobs') dot(3.4 * Math.sin(third * 2.094) + random(-1.3, 1.3), 3.4 * Math.cos(third * 2.094) + random(-1.3, 1.3), colour);
    else if (kind.startsWith('gate-')) { if (i < 4) { const a = i >> 1, b = i & 1; dot(5 * a - 2.5, 5 * b - 2.5, { and: a & b, or: a | b, nand: 1 - (a & b), xor: a ^ b }[kind.slice(5)] ? 1 : -1); } }
    else if (kind === 'own' || kind === 'reg-own') { if (i < 14) dot(4.4 * Math.sin(i * 0.9) * (0.5 + i / 28), 4 * Math.cos(i * 1.7) * (0.6 + i / 40), i % 3 ? value : -value); }
    else if (kind === 'reg-plane') dot(x, y, x + y);
    else if (kind === 'reg-gauss') dot(x, y, Math.cos(x * 0.8) * Math.sin(y * 0.65));
  }
}
