export const showAsTable = 'As table';
export const showAsFigure = 'As figure';
/** The box in which a long table scrolls. */
export const tableOf = (name: string) => `${name}, table`;
