// What a key means to the suggestion that is shown. Everything else stays the browser's.

const mac = /Mac|iPhone|iPad/u.test(navigator.platform);

/** 'accept', 'word', 'dismiss' or null. `state`: { shown, caretAtLineEnd, direction }. */
export function meaning(event, state) {
  // 229: a key that an input method is still working on.
  if (event.isComposing || event.keyCode === 229) return null;
  if (event.key === 'Escape' && plain(event)) return 'dismiss';
  if (!state.shown) return null;

  if (event.key === 'Tab' && plain(event)) return 'accept';

  const forward = state.direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (event.key !== forward || event.shiftKey || event.metaKey || !state.caretAtLineEnd) return null;
  if (mac ? event.altKey && !event.ctrlKey : event.ctrlKey && !event.altKey) return 'word';
  return plain(event) ? 'accept' : null;
}

function plain(event) {
  return !event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey;
}
