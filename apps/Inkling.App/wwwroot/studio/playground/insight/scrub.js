// Back in time: a slider over the moments that were kept; everything shown is of that moment.
import { desk } from '../desk.js';
import { announce, byId, lines, number } from './parts.js';

const slider = byId('scrub-at'), words = byId('scrub-words'), replay = byId('scrub-replay');
let body = null, timer = 0, asked = null;

const last = () => body.epochs.length - 1;
const at = () => (body.at < 0 ? last() : body.at);
const best = () => body.testLosses.reduce((found, loss, i) => (loss != null && (body.testLosses[found] == null || loss < body.testLosses[found]) ? i : found), 0);
const written = epoch => (Number.isInteger(epoch) ? epoch.toLocaleString('en') : epoch.toLocaleString('en', { maximumFractionDigits: 2 }));

function ask(to) {
  asked = Math.max(0, Math.min(last(), to));
  slider.value = String(asked);
  slider.setAttribute('aria-valuetext', `epoch ${written(body.epochs[asked])}, test loss ${number(body.testLosses[asked])}`);
  desk.send({ do: 'scrub/at', body: { at: asked } });
}

function stop() {
  clearInterval(timer);
  timer = 0;
  replay.textContent = 'Replay';
  replay.setAttribute('aria-pressed', 'false');
}

// The page listens for its own sliders further up.
slider.addEventListener('input', event => { event.stopPropagation(); stop(); ask(Number(slider.value)); });
byId('scrub-first').onclick = () => { stop(); ask(0); };
byId('scrub-last').onclick = () => { stop(); ask(last()); };
byId('scrub-less').onclick = () => { stop(); ask(at() - 1); };
byId('scrub-more').onclick = () => { stop(); ask(at() + 1); };
byId('scrub-go').onclick = () => { stop(); desk.send({ do: 'play' }); announce('Training goes on from here.'); };
byId('scrub-best').onclick = () => { stop(); ask(best()); };
replay.onclick = () => {
  if (timer) { stop(); return; }
  let next = at() >= last() ? 0 : at();
  ask(next);
  replay.textContent = 'Stop';
  replay.setAttribute('aria-pressed', 'true');
  timer = setInterval(() => { if (++next > last()) stop(); else ask(next); }, Math.max(50, Math.min(400, 6000 / body.epochs.length)));
};

function draw() {
  if (!body) return;
  slider.max = String(last());
  if (document.activeElement !== slider || asked === null || body.at === asked) { slider.value = String(at()); asked = null; }
  slider.setAttribute('aria-valuetext', `epoch ${written(body.epoch)}${body.at < 0 ? '' : `, test loss ${number(body.testLosses[body.at])}`}`);
  const looking = body.at >= 0 && body.at < last();
  for (const [id, off] of [['scrub-first', at() === 0], ['scrub-less', at() === 0], ['scrub-more', !looking], ['scrub-last', !looking], ['scrub-replay', last() === 0], ['scrub-best', last() === 0], ['scrub-go', desk.frame?.playing === true]]) byId(id).disabled = off;
  slider.disabled = last() === 0;
  words.textContent = last() === 0 && body.epoch === 0 ? 'Nothing has been trained yet.'
    : looking ? `The page shows epoch ${written(body.epoch)} of ${written(body.epochs.at(-1))}. What comes after is kept until training goes on from here.`
      : `The page shows now, epoch ${written(body.epoch)}. ${body.epochs.length} moments are kept; the test loss was smallest at epoch ${written(body.epochs[best()])}, ${number(body.testLosses[best()])}.`;
  const canvas = byId('scrub-curve'), key = name => getComputedStyle(byId(`scrub-key-${name}`)).color;
  lines(canvas, body.epochs, [{ values: body.trainingLosses, colour: key('training') }, { values: body.testLosses, colour: key('test'), dash: [7, 3] }], body.at < 0 ? null : body.epochs[body.at]);
}

desk.on('scrub', answer => { body = answer.body; draw(); });
desk.on('frame', () => { if (body) byId('scrub-go').disabled = desk.frame.playing === true; });

export const scrub = { draw, close: stop };
