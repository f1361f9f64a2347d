/**
 * Sets the text of an element by writing into its one text node. Adding or removing nodes anywhere in the page would end the
 * browser's current run of typing, and undo would then go letter by letter; writing into a node does not.
 */
export function write(element, text) {
  const node = element.firstChild ?? element.appendChild(document.createTextNode(''));
  if (node.data !== text) node.data = text;
}
