// Selects of numbers take others too: "other…" becomes a field to type in, and what was typed stands in its place in the list.

/** Shows a value in a select; one that is not listed is added where it belongs. */
export function show(select, value) {
  select.querySelector('[data-other]')?.remove();
  let option = [...select.options].find(one => one.value === value || (value !== '' && one.value !== '' && Number(one.value) === Number(value)));
  if (!option) {
    option = new Option(value, value);
    option.dataset.other = '';
    const after = [...select.options].find(one => one.dataset.type !== undefined || (Number.isFinite(Number(value)) && Number(one.value) > Number(value)));
    select.insertBefore(option, after ?? null);
  }
  select.value = option.value;
}

/** Lets a select of numbers be typed into. */
export function typed(select, send) {
  const other = new Option('other…', 'other');
  other.dataset.type = '';
  select.append(other);
  const field = Object.assign(document.createElement('input'), { type: 'text', inputMode: 'decimal', className: 'input number typed', hidden: true });
  field.setAttribute('aria-label', `${select.labels[0]?.textContent ?? 'Number'}, any number`);
  select.after(field);
  let before = select.value;
  const close = focus => { field.hidden = true; select.hidden = false; if (focus) select.focus(); };
  select.addEventListener('focus', () => { before = select.value; });
  select.addEventListener('change', event => {
    if (select.value !== 'other') return;
    event.stopPropagation();
    show(select, before);
    field.value = before;
    select.hidden = true;
    field.hidden = false;
    field.focus();
    field.select();
  });
  const commit = focus => {
    if (field.hidden) return;
    const value = field.value.trim().replace(',', '.');
    close(focus);
    if (value !== '' && value !== before) send(select.dataset.field, value);
  };
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter') commit(true);
    else if (event.key === 'Escape') { field.value = ''; close(true); }
  });
  field.addEventListener('blur', () => commit(false));
}
