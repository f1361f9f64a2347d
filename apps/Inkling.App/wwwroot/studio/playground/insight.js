// The tabs under the network: one panel is open, and only that one has the run work for it.
import { desk } from './desk.js';
import { race } from './insight/race.js';
import { layers } from './insight/layers.js';
import { sample } from './insight/sample.js';
import { surface } from './insight/surface.js';
import { scrub } from './insight/scrub.js';
import { sweep } from './insight/sweep.js';

const panels = { race, layers, sample, surface, scrub, sweep };
const tabs = [...document.querySelectorAll('.insight [role=tab]')];
let open = tabs[0].dataset.panel;

function choose(tab) {
  if (tab.dataset.panel === open) return;
  desk.send({ do: `${open}/close` });
  panels[open].close?.();
  open = tab.dataset.panel;
  for (const other of tabs) {
    const chosen = other === tab;
    other.setAttribute('aria-selected', chosen);
    other.tabIndex = chosen ? 0 : -1;
    document.getElementById(other.getAttribute('aria-controls')).hidden = !chosen;
  }
  desk.send({ do: `${open}/open` });
  panels[open].open?.();
}

tabs.forEach((tab, at) => {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = step ? tabs[(at + step + tabs.length) % tabs.length] : { Home: tabs[0], End: tabs.at(-1) }[event.key];
    if (!next || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    next.focus();
    choose(next);
  });
});

// A new line has a new run behind it, which knows nothing of what was open.
const tell = () => desk.send({ do: `${open}/open` });
desk.on('inputs', () => queueMicrotask(tell));
const redraw = () => requestAnimationFrame(() => panels[open].draw?.());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
addEventListener('resize', redraw);
