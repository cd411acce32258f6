import { ask, commands, type Preferences } from '../api/client';

const DEFAULTS: Preferences = {
  theme: 'system',
  text_size: 100,
  letter_keys: true,
  ask_confidence: false,
};

/** Text sizes to choose from, in percent. */
export const TEXT_SIZES = [90, 100, 115, 130] as const;

/** How the window looks and answers. What is shown here is what Rust last confirmed. */
class PreferencesState {
  #now = $state.raw<Preferences>(DEFAULTS);

  get now(): Preferences {
    return this.#now;
  }

  async load(): Promise<void> {
    this.show(await ask(commands.preferences()));
  }

  async change(part: Partial<Preferences>): Promise<void> {
    this.show(await ask(commands.setPreferences({ ...this.#now, ...part })));
  }

  /** The text some steps larger or smaller. */
  async resize(steps: number): Promise<void> {
    const sizes = TEXT_SIZES.filter((size) => (size - this.#now.text_size) * steps > 0);
    const text_size = steps > 0 ? sizes.at(steps - 1) : sizes.at(steps);
    if (text_size !== undefined) await this.change({ text_size });
  }

  show(preferences: Preferences): void {
    this.#now = preferences;
    const root = document.documentElement;
    if (preferences.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = preferences.theme;
    // Through the CSSOM, which the page's policy allows; a style attribute it would not.
    root.style.fontSize = preferences.text_size === 100 ? '' : `${preferences.text_size}%`;
  }
}

export const preferences = new PreferencesState();
