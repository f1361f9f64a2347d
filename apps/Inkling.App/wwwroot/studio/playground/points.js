// Points over the plane from −6 to 6.
import { strong, colourOf } from './colours.js';

export function drawPoints(canvas, points, radius, ring) {
  const context = canvas.getContext('2d'), scale = canvas.width / 12;
  for (let i = 0; i < points.length; i += 3) {
    context.beginPath();
    context.arc((points[i] + 6) * scale, (6 - points[i + 1]) * scale, radius, 0, 2 * Math.PI);
    context.fillStyle = Math.abs(points[i + 2]) < 1 ? colourOf(points[i + 2]) : strong(points[i + 2]);
    context.fill();
    context.strokeStyle = ring ? '#000' : '#fff';
    context.lineWidth = radius / 4;
    context.stroke();
  }
}


/** A small picture of each kind of points, made from its formula's shape: a sketch, not the points of a run. */
export function sketch(canvas, kind) {
  const context = canvas.getContext('2d'), size = canvas.width;
  const dot = (x, y, value) => {
    context.fillStyle = strong(value);
    context.beginPath();
    context.arc(size * (0.5 + x / 12), size * (0.5 - y / 12), size / 26, 0, 7);
    context.fill();
  };
  let state = 7;
  const random = (from, to) => { state = (state * 48271) % 2147483647; return from + (to - from) * state / 2147483647; };
  for (let i = 0; i < 90; i++) {
    const value = i % 2 ? 1 : -1, angle = random(0, 2 * Math.PI), x = random(-5, 5), y = random(-5, 5);
    if (kind === 'circle') { const r = value > 0 ? random(0, 2.3) : random(3.6, 5); dot(r * Math.sin(angle), r * Math.cos(angle), value); }
    else if (kind === 'xor') dot(x + Math.sign(x) * 0.4, y + Math.sign(y) * 0.4, x * y);
    else if (kind === 'gauss') dot(2 * value + random(-2, 2), 2 * value + random(-2, 2), value);
    else if (kind === 'spiral') { const at = (i >> 1) / 45, turn = 1.75 * at * 2 * Math.PI + (value > 0 ? 0 : Math.PI); dot(5 * at * Math.sin(turn), 5 * at * Math.cos(turn), value); }
    else if (kind === 'moons') { const half = angle / 2; dot(3 * Math.cos(half) - 1.5 * value, value * (3 * Math.sin(half) - 0.9), value); }
    else if (kind === 'reg-plane') dot(x, y, x + y);
    else dot(x, y, Math.cos(x * 0.8) * Math.sin(y * 0.65));
  }
}
