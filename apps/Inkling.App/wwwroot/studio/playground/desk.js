// What the tools of the page share: the line to the run, what it said last, and who wants to hear of which answers.
const takers = new Map();

export const desk = {
  setup: null, // values of the fields by name
  shape: null, // the last answer of kind 'setup': widths, inputs, points
  frame: null, // the last answer of kind 'frame'
  /** Sends the run a command. playground.js puts it here. */
  send() {},
  /** Shows a line above the page; '' hides it. */
  say() {},
  /** Tells who does not see the page. */
  announce() {},
  /** Calls `taker(answer, bytes)` for every answer of a kind. */
  on(kind, taker) {
    if (!takers.has(kind)) takers.set(kind, []);
    takers.get(kind).push(taker);
  },
  take(answer, bytes) { for (const taker of takers.get(answer.kind) ?? []) taker(answer, bytes); },
};
