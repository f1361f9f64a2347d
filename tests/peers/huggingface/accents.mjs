// Usage: node accents.mjs
// Writes a JSON object: for each code point whose canonical decomposition without non-spacing marks is another text, that text.
const left = {};
for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
  const c = String.fromCodePoint(codePoint);
  const rest = c.normalize("NFD").replace(/\p{Mn}/gu, "");
  if (rest !== c) left[codePoint] = rest;
}
process.stdout.write(JSON.stringify(left));
