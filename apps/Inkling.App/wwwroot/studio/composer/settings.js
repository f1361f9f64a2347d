/** A setting kept in this browser; where nothing may be kept it lasts as long as the page. */
export function setting(key, initial) {
  let value = initial;
  try { value = localStorage.getItem(key) ?? initial; } catch { /* forbidden: the initial value */ }
  return {
    get value() { return value; },
    set value(next) {
      value = next;
      try { localStorage.setItem(key, next); } catch { /* full or forbidden */ }
    },
  };
}
