// Orange for −1, blue for 1, paper between: told apart by people with colour blindness, and the same in both schemes but for the paper.
// Classes beyond two: the palette of Okabe and Ito, made for all kinds of colour vision; the first two are near those of −1 and 1.
const classes = [[230, 159, 0], [0, 114, 178], [0, 158, 115], [204, 121, 167], [86, 180, 233], [213, 94, 0], [240, 228, 66], [127, 127, 127]];
const orange = [245, 147, 34], blue = [8, 119, 189];
let table = null, dark = null, paper = null;

const isDark = () => getComputedStyle(document.documentElement).colorScheme === 'dark'
  || (document.documentElement.dataset.theme !== 'light' && document.documentElement.dataset.theme !== 'dark' && matchMedia('(prefers-color-scheme: dark)').matches)
  || document.documentElement.dataset.theme === 'dark';

/** 256 colours as RGBA in one array. */
export function ramp() {
  if (table && dark === isDark()) return table;
  dark = isDark();
  paper = dark ? [26, 28, 38] : [240, 240, 240];
  table = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    const value = i / 127.5 - 1, end = value < 0 ? orange : blue, share = Math.abs(value);
    for (let c = 0; c < 3; c++) table[4 * i + c] = paper[c] + (end[c] - paper[c]) * share;
    table[4 * i + 3] = 255;
  }
  return table;
}

export const colourOf = value => {
  const at = 4 * Math.round((Math.max(-1, Math.min(1, value)) + 1) * 127.5), colours = ramp();
  return `rgb(${colours[at]}, ${colours[at + 1]}, ${colours[at + 2]})`;
};

export const strong = value => (value < 0 ? 'rgb(245, 147, 34)' : 'rgb(8, 119, 189)');

/** The colour of a class, from 0. */
export const colourOfClass = index => `rgb(${classes[index % classes.length].join(', ')})`;

/** Draws a map of bytes over the whole of a canvas. */
export function paint(canvas, bytes, side, classesOnly = false) {
  const colours = ramp();
  draw(canvas, side, !classesOnly, (i, to) => {
    const from = 4 * (classesOnly ? (bytes[i] >= 128 ? 255 : 0) : bytes[i]);
    to[4 * i] = colours[from]; to[4 * i + 1] = colours[from + 1]; to[4 * i + 2] = colours[from + 2];
  });
}

/** Draws how probable one class is: paper for 0, its colour for 1. */
export function paintShare(canvas, shares, side, index) {
  ramp();
  draw(canvas, side, true, (i, to) => mix(to, i, classes[index], shares[i] / 255));
}

/** Draws the most probable class of each place, paler the less sure it is: for `count` classes paper stands for 1/count. */
export function paintClasses(canvas, indices, shares, side, count, classesOnly = false) {
  ramp();
  draw(canvas, side, !classesOnly, (i, to) => mix(to, i, classes[indices[i] % classes.length], classesOnly ? 1 : Math.max(0, (shares[i] / 255 * count - 1) / (count - 1))));
}

/** Draws what a network says: as `paint`, or with `count` classes beyond two the most probable at each place. */
export function paintOutput(canvas, bytes, side, count) {
  if (count > 2) { ramp(); draw(canvas, side, false, (i, to) => mix(to, i, classes[bytes[i] % classes.length], 0.75)); } else paint(canvas, bytes, side);
}

function mix(to, i, end, share) {
  for (let c = 0; c < 3; c++) to[4 * i + c] = paper[c] + (end[c] - paper[c]) * share;
}

const small = {};
function draw(canvas, side, smooth, dot) {
  const from = small[side] ??= Object.assign(document.createElement('canvas'), { width: side, height: side });
  const context = from.getContext('2d'), image = context.createImageData(side, side), to = image.data;
  for (let i = 0; i < side * side; i++) { dot(i, to); to[4 * i + 3] = 255; }
  context.putImageData(image, 0, 0);
  const target = canvas.getContext('2d');
  target.imageSmoothingEnabled = smooth;
  target.drawImage(from, 0, 0, canvas.width, canvas.height);
}
