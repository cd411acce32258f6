import {
  forecast,
  nothingKnown,
  oneMock,
  retiredForecast,
  teachForecast,
  withoutDate,
} from './forecast';
import { furnish, retired, today } from './learner';
import type { Scene } from './scenes';

/** The forecast at moments worth looking at. */
export const forecastScenes: Record<string, Scene> = {
  forecast: (desk) => {
    furnish(desk);
    return { screen: 'forecast' };
  },
  'forecast-nothing': (desk) => {
    furnish(desk, today({ finished: [] }));
    teachForecast(desk, nothingKnown());
    return { screen: 'forecast' };
  },
  'forecast-one': (desk) => {
    furnish(desk, today({ finished: today().finished.slice(-1) }));
    teachForecast(desk, oneMock());
    return { screen: 'forecast' };
  },
  'forecast-retired': (desk) => {
    furnish(desk, today({ exam: retired() }));
    teachForecast(desk, retiredForecast());
    return { screen: 'forecast' };
  },
  'forecast-undated': (desk) => {
    furnish(desk, today({ profile: { exam: 'MLS-C01', exam_date: null }, days_left: null }));
    teachForecast(desk, withoutDate());
    return { screen: 'forecast' };
  },
  'forecast-today': (desk) => {
    // The first paper was sat today, and no day is set: one point and no line.
    furnish(desk, today({ profile: { exam: 'MLS-C01', exam_date: null }, days_left: null }));
    const { past, ...rest } = oneMock();
    const view = forecast({
      ...rest,
      past: past.slice(-1),
      date: null,
      date_chance: null,
      ahead: [],
    });
    teachForecast(desk, view);
    return { screen: 'forecast' };
  },
  'today-nothing': (desk) => {
    furnish(desk, today({ finished: [] }));
    teachForecast(desk, nothingKnown());
    return { screen: 'today' };
  },
};
