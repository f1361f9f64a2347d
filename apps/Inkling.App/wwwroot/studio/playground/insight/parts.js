// What the panels share: numbers as people write them, canvases as sharp as the screen, lines over epochs.
export const byId = id => document.getElementById(id);

export const number = value => (value == null || !Number.isFinite(value) ? '–'
  : value === 0 ? '0' : Math.abs(value) < 0.0005 || Math.abs(value) >= 1e6 ? value.toExponential(1).replaceAll('-', '−').replace('+', '') : value.toFixed(Math.abs(value) >= 100 ? 1 : 3).replace('-', '−'));

export const list = texts => (texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`);

/** A value of a field as the page's own controls spell it. */
export const spelt = (field, value) => {
  if (field === 'seed') return `seed ${value}`;
  if (field === 'networkShape') return value === '' ? 'none' : value.replaceAll(',', ' + ');
  const option = [...document.querySelectorAll(`#${field} option, [data-spelt="${field}"] option`)].find(one => one.value === value);
  return option?.textContent ?? value;
};

/** Tells who does not see the panel, without a word over what the page itself tells. */
export const announce = text => { byId('insight-announcer').textContent = text; };

export const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/** Makes a canvas as fine as the screen; returns its context in CSS pixels, or null while it is not shown. */
export function fit(canvas) {
  const width = canvas.clientWidth, height = canvas.clientHeight, fine = devicePixelRatio || 1;
  if (width === 0 || height === 0) return null;
  if (canvas.width !== Math.round(width * fine) || canvas.height !== Math.round(height * fine)) { canvas.width = Math.round(width * fine); canvas.height = Math.round(height * fine); }
  const context = canvas.getContext('2d');
  context.setTransform(fine, 0, 0, fine, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height, ink: getComputedStyle(canvas).color };
}

const ticks = (least, most) => {
  const found = [];
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most * 1.0001; power++) if (10 ** power >= least * 0.9999) found.push(10 ** power);
  return found;
};

/** Lines over epochs, the loss by its logarithm. `series`: { values, colour, dash }; what is null ends a line. */
export function lines(canvas, epochs, series, mark = null) {
  const fitted = fit(canvas);
  if (!fitted) return;
  const { context, width, height, ink } = fitted, left = 46, right = 8, top = 8, bottom = 22;
  const values = series.flatMap(one => one.values).filter(value => value != null && value > 0);
  if (values.length === 0) return;
  const most = Math.max(...values) * 1.1, least = Math.max(1e-6, Math.min(...values) / 1.1), end = epochs.at(-1) || 1;
  const x = epoch => left + (width - left - right) * epoch / end, y = value => top + (height - top - bottom) * (1 - Math.log(Math.max(value, least) / least) / Math.log(most / least || 1));
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = ink;
  context.strokeStyle = ink;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const marks = ticks(least, most);
  for (const value of marks.length > 1 ? marks : [most / 1.1, least * 1.1]) {
    context.globalAlpha = 0.25;
    context.lineWidth = 1;
    context.beginPath(); context.moveTo(left, y(value)); context.lineTo(width - right, y(value)); context.stroke();
    context.globalAlpha = 1;
    context.fillText(value >= 0.001 ? String(Number(value.toPrecision(2))) : value.toExponential(0), left - 5, y(value));
  }
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillText('0', left, height - 6);
  context.textAlign = 'right';
  context.fillText(`epoch ${end.toLocaleString('en')}`, width - right, height - 6);
  if (mark != null) { context.globalAlpha = 0.7; context.setLineDash([3, 3]); context.beginPath(); context.moveTo(x(mark), top); context.lineTo(x(mark), height - bottom); context.stroke(); context.setLineDash([]); context.globalAlpha = 1; }
  for (const { values: line, colour, dash } of series) {
    context.beginPath();
    let down = false;
    line.forEach((value, i) => { if (value == null) { down = false; return; } context[down ? 'lineTo' : 'moveTo'](x(epochs[i]), y(value)); down = true; });
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash(dash ?? []);
    context.stroke();
    context.setLineDash([]);
  }
}

/** A way to draw each of up to eight lines, told apart by colour and by dashes. */
export const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3], [], [7, 3], [2, 3], [9, 3, 2, 3]];
