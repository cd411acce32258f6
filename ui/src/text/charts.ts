export const showAsTable = 'Show as table';
export const showAsFigure = 'Show as figure';
