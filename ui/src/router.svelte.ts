import type { Mode } from './api/client';

/** Where the window is. The state is kept here alone; there are no addresses in a desktop app. */
export type Route =
  | { screen: 'welcome' }
  | { screen: 'today' }
  | { screen: 'study' }
  | { screen: 'exams' }
  | { screen: 'forecast' }
  | { screen: 'library'; deck?: string | undefined; exports?: boolean }
  | { screen: 'library-import'; path: string }
  | { screen: 'browse'; query?: string; item?: string }
  | { screen: 'statistics'; deck?: string }
  | { screen: 'settings' }
  | { screen: 'exam-start'; code: string; mode?: Mode }
  | { screen: 'exam'; sitting: string; position?: number }
  | { screen: 'exam-review'; sitting: string }
  | { screen: 'results'; sitting: string }
  | { screen: 'explanation'; sitting: string; position: number };

export type ScreenName = Route['screen'];
export type RouteOf<S extends ScreenName> = Extract<Route, { screen: S }>;

class Router {
  #route = $state.raw<Route>({ screen: 'today' });
  #trail: Route[] = [];

  get route(): Route {
    return this.#route;
  }

  /** Shows another screen; `back` returns to this one. */
  go(route: Route): void {
    this.#trail.push(this.#route);
    this.#route = route;
  }

  /** Shows another screen in place of this one: `back` skips it. */
  replace(route: Route): void {
    this.#route = route;
  }

  /** Shows the screen that this one hangs under, and forgets what lay between. */
  up(route: Route): void {
    const at = this.#trail.findLastIndex((before) => before.screen === route.screen);
    if (at >= 0) this.#trail.length = at;
    this.#route = route;
  }

  /** Returns to the screen before, or to Today when there is none. */
  back(): void {
    this.#route = this.#trail.pop() ?? { screen: 'today' };
  }
}

export const router = new Router();
