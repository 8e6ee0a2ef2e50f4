/** One value of a list, and what it is called. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/**
 * The options of a list as HTML. Svelte draws each `<option>` as a piece of its own: a hundred of them were a tenth of the
 * time of their page.
 */
export const optionsHtml = (options: readonly Option[], chosen: string): string => {
  let html = '';
  for (const { value, label } of options) {
    html += `<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(label)}</option>`;
  }
  return html;
};

/** Nothing in a name can close the attribute or the element. */
const escaped = (text: string): string =>
  /[&"<>]/.test(text) ? text.replace(/[&"<>]/g, (sign) => entities[sign] ?? sign) : text;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
