/**
 * Where the pages that cannot know the settings send « Quitter vite »: `server.ts` leads from there to QUICK_EXIT_URL, even
 * when the application itself has failed.
 */
export const QUICK_EXIT_PATH = '/quitter';

/**
 * « Quitter vite » for those pages (`src/error.html`, the refusal of `cross-site.ts`), with the little of the script of
 * `src/app.html` that they need: no way back in the tab.
 */
export const quickExitLink = `<a href="${QUICK_EXIT_PATH}" rel="noreferrer nofollow">Quitter vite</a>
    <script>
      document.querySelector('a[href="${QUICK_EXIT_PATH}"]').onclick = function (event) {
        event.preventDefault();
        document.documentElement.style.display = 'none';
        try {
          sessionStorage.setItem('quitter-vite', this.href);
        } catch (_) {}
        location.replace(this.href);
      };
    </script>`;

/** The answer at that address. */
export const quickExitAnswer = (address: string): { status: 302; headers: Record<string, string> } => ({
  status: 302,
  headers: { location: address, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
});
