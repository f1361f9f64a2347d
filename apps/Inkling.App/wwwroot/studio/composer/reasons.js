// Why nothing is shown, in words. The first group are the completer's reasons, the second this page's own.

const sentences = {
  'below-threshold': 'The model has an idea, but is not sure enough of it to show it.',
  'nothing-to-complete': 'There is nothing to go on yet. Write a few words.',
  'privacy': 'What would come next looks private (a number, an address, a link), so it is kept back.',
  'no-candidates': 'The model knows no good way to go on from here.',

  'start': 'Start writing, and Inkling will finish your sentences.',
  'off': 'Suggestions are switched off.',
  'dismissed': 'You dismissed it. Write on, and Inkling will look again.',
  'undone': 'You took it back. Write on, and Inkling will look again.',
  'inside-line': 'Suggestions come at the end of a line; the caret is inside one.',
  'selection': 'Text is selected.',
  'composing': 'Inkling waits until the input method is done.',
  'away': 'The caret is not in the message.',
  'unreachable': 'Inkling does not answer. Is the program still running? Your draft is safe in this browser.',
  'timeout': 'Inkling took too long to answer. It will try again when you write on.',
  'no-model': 'No model is loaded, so nothing can be suggested.',
  'refused': 'Inkling could not take this draft.',
};

/** A sentence for a reason; one that is not known is shown as it came. */
export function sentence(reason, detail) {
  if (!reason) return '';
  const known = sentences[reason] ?? `Nothing to show: ${reason.replaceAll('-', ' ')}.`;
  return detail && !['below-threshold', 'start'].includes(reason) ? `${known} ${detail}` : known;
}
