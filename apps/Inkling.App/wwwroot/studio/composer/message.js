// A draft as an .eml file (RFC 5322 and MIME). `X-Unsent: 1` makes mail programs open it as a draft to send on.

import { splitAddresses } from './suggestion.js';

export function toEml({ to, subject, body }, date = new Date()) {
  const headers = [
    ['To', splitAddresses(oneLine(to)).map(encodeAddress).join(',\r\n ')],
    ['Subject', encodeWords(oneLine(subject))],
    ['Date', rfc5322Date(date)],
    ['X-Unsent', '1'],
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Transfer-Encoding', 'base64'],
  ];
  const head = headers.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const crlf = body.replace(/\r\n|\r|\n/gu, '\r\n');
  return head + '\r\n' + base64(crlf).replace(/.{1,76}/gu, '$&\r\n');
}

/** A file name made of the subject. */
export function fileName(subject) {
  const words = oneLine(subject).replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/gu, '').slice(0, 60);
  return `${words === '' ? 'draft' : words}.eml`;
}

/** No line break gets into a header: that would start another header. */
function oneLine(text) {
  return text.toWellFormed().replace(/[\u0000-\u001f\u007f]+/gu, ' ').trim();
}

function encodeAddress(address) {
  const [, name, mailbox] = /^(.*?)\s*(<[^<>]*>)$/u.exec(address) ?? [null, '', address];
  return name === '' ? mailbox : `${encodeWords(name.replace(/^"(.*)"$/u, isAscii(name) ? '"$1"' : '$1'))} ${mailbox}`;
}

/** RFC 2047: other than ASCII goes in encoded words of at most 75 characters, cut between characters. */
function encodeWords(text) {
  if (isAscii(text)) return text;
  const words = [];
  let word = '';
  for (const character of text) {
    if (new TextEncoder().encode(word + character).length > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map(part => `=?utf-8?B?${base64(part)}?=`).join('\r\n ');
}

function isAscii(text) {
  return /^[\u0000-\u007f]*$/u.test(text);
}

function base64(text) {
  let binary = '';
  for (const byte of new TextEncoder().encode(text.toWellFormed())) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function rfc5322Date(date) {
  return date.toUTCString().replace('GMT', '+0000');
}
