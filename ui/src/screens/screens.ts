import type { Component } from 'svelte';
import type { RouteOf, ScreenName } from '../router.svelte';
import Browse from './browse/Browse.svelte';
import ExamReview from './exam-review/ExamReview.svelte';
import ExamStart from './exam-start/ExamStart.svelte';
import Exam from './exam/Exam.svelte';
import Exams from './exams/Exams.svelte';
import Explanation from './explanation/Explanation.svelte';
import Forecast from './forecast/Forecast.svelte';
import Import from './import/Import.svelte';
import Library from './library/Library.svelte';
import Results from './results/Results.svelte';
import Settings from './settings/Settings.svelte';
import Statistics from './statistics/Statistics.svelte';
import Study from './study/Study.svelte';
import Today from './today/Today.svelte';
import Welcome from './welcome/Welcome.svelte';

/** A screen is given its route and nothing else. */
type Screen<S extends ScreenName> = Component<{ route: RouteOf<S> }>;

interface Entry<S extends ScreenName> {
  component: Screen<S>;
  /** Whether it fills the window, without the shell. */
  bare: boolean;
}

export const SCREENS: { [S in ScreenName]: Entry<S> } = {
  welcome: { component: Welcome, bare: true },
  today: { component: Today, bare: false },
  study: { component: Study, bare: true },
  exams: { component: Exams, bare: false },
  forecast: { component: Forecast, bare: false },
  library: { component: Library, bare: false },
  'library-import': { component: Import, bare: false },
  browse: { component: Browse, bare: false },
  statistics: { component: Statistics, bare: false },
  settings: { component: Settings, bare: false },
  'exam-start': { component: ExamStart, bare: true },
  exam: { component: Exam, bare: true },
  'exam-review': { component: ExamReview, bare: true },
  results: { component: Results, bare: false },
  explanation: { component: Explanation, bare: false },
};
