export const undo = 'Undo';
export const loading = 'Opening…';
