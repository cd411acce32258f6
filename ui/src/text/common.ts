export const undo = 'Undo';
export const loading = 'Opening…';
export const notReady = {
  title: 'Nothing here yet.',
  body: 'This screen has not been built.',
};
