// Text entry that the browser can undo.

/**
 * Inserts text at the caret as if it had been typed, as one undo step of its own.
 * `execCommand` is the one way that keeps the browser's undo history of a textarea; where it is refused the text still goes in.
 */
export function insertText(area, text) {
  area.focus({ preventScroll: true });
  endTyping(area);
  const done = document.execCommand('insertText', false, text);
  endTyping(area);
  if (done) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new InputEvent('input', { inputType: 'insertText', data: text, bubbles: true }));
}

/** Replaces the whole text, undoable where the browser allows it. */
export function replaceAll(area, text) {
  area.focus({ preventScroll: true });
  area.select();
  const done = text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
  if (done || area.value === text) return;
  area.value = text;
  area.dispatchEvent(new InputEvent('input', { inputType: 'insertReplacementText', bubbles: true }));
}

/** Placing the caret, even where it is, ends the run of typing; what comes next is an undo step of its own. */
function endTyping(area) {
  area.setSelectionRange(area.selectionStart, area.selectionEnd);
}
