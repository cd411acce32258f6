export const unreachable = {
  message: 'Sitwell could not reach its own engine.',
  hint: 'Nothing that was kept is lost. Try again; if it stays like this, close Sitwell and open it again.',
};

export const broken = {
  title: 'This screen could not be shown.',
  body: 'Everything you did is kept. Go back to Today, or try this screen again.',
  again: 'Try again',
  today: 'Go to Today',
  details: 'Details',
};

export const tryAgain = 'Try again';
export const dismiss = 'Dismiss';
