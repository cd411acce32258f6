// Runs as the body of a function. Takes {css | role, name, state}; returns visible elements.
const [by] = arguments;

const visible = (element) =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
  // An input may be drawn by its label alone.
  (element.labels?.length > 0 && [...element.labels].some((label) => label.checkVisibility()));

const inState = (element) => {
  switch (by.state) {
    case 'checked':
      return element.checked === true || element.getAttribute('aria-checked') === 'true';
    case 'disabled':
      return element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true';
    default:
      return true;
  }
};

const plain = (text) => text.replace(/\s+/g, ' ').trim().toLowerCase();

const byRole = () => {
  axe.setup(document.documentElement);
  try {
    const { aria, text } = axe.commons;
    // Under a modal dialog nothing else can be perceived.
    const root = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
    const named = [...root.querySelectorAll('*')]
      .filter((element) => aria.getRole(element) === by.role)
      .map((element) => ({ element, name: plain(text.accessibleText(element)) }))
      .filter(({ name }) => name.includes(plain(by.name)));
    const whole = named.filter(({ name }) => name === plain(by.name));
    return (whole.length > 0 ? whole : named).map(({ element }) => element);
  } finally {
    axe.teardown();
  }
};

const found = by.css ? [...document.querySelectorAll(by.css)] : byRole();
return found.filter((element) => visible(element) && inState(element));
