export const showAsTable = 'As table';
export const showAsFigure = 'As figure';
