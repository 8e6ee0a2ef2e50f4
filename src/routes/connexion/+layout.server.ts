/** What is shown here is for one person at one moment. */
export const load = ({ setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
};
