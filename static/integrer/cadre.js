/*
 * <mille-jours-cadre page="lieux" parametres="territoire=departement:35&kind=pmi">…</mille-jours-cadre>
 * Makes one iframe, and nothing else: what happens inside it cannot be read from the page around it, nor by this script.
 * What stands between the tags (a link, for instance) is shown where scripts are off.
 */
(() => {
  const here = document.currentScript.src;
  const languages = ['en', 'ar', 'es', 'pt', 'tr', 'uk'];

  class Cadre extends HTMLElement {
    connectedCallback() {
      const page = this.getAttribute('page') || 'depistage';
      const language = this.getAttribute('langue') || '';
      const height = Number(this.getAttribute('hauteur'));
      if (!/^[a-z-]+$/.test(page)) return;
      const prefix = languages.includes(language) ? `/${language}` : '';
      const frame = document.createElement('iframe');
      const address = new URL(`${prefix}/integrer/cadre/${page}`, here);
      address.search = new URLSearchParams(this.getAttribute('parametres') || '');
      frame.src = address.href;
      frame.title = this.getAttribute('titre') || 'Mille jours';
      frame.loading = 'lazy';
      frame.referrerPolicy = 'no-referrer';
      frame.style.cssText = 'display:block;inline-size:100%;border:0';
      frame.style.blockSize = `${height >= 200 && height <= 4000 ? height : 704}px`;
      this.replaceChildren(frame);
    }
  }
  if (!customElements.get('mille-jours-cadre')) customElements.define('mille-jours-cadre', Cadre);
})();
