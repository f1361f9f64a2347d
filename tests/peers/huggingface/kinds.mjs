// Usage: node kinds.mjs
// Writes one letter for each code point from 0 to 0x10FFFF: L letter or mark, N number, W white space, U unassigned, O anything else.
const kinds = [];
for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
  const c = String.fromCodePoint(codePoint);
  kinds.push(/[\p{L}\p{M}]/u.test(c) ? "L" : /\p{N}/u.test(c) ? "N" : /\p{White_Space}/u.test(c) ? "W" : /\p{Cn}/u.test(c) ? "U" : "O");
}
process.stdout.write(kinds.join(""));
