import type { Component } from 'svelte';
import type { Route, RouteOf, ScreenName } from '../router.svelte';
import ExamReview from './exam-review/ExamReview.svelte';
import ExamStart from './exam-start/ExamStart.svelte';
import Exam from './exam/Exam.svelte';
import NotReady from './NotReady.svelte';

/** A screen is given its route and nothing else. */
type Screen<S extends ScreenName> = Component<{ route: RouteOf<S> }>;

interface Entry<S extends ScreenName> {
  component: Screen<S>;
  /** Whether it fills the window, without the shell. */
  bare: boolean;
}

const notReady = { component: NotReady as Component<{ route: Route }>, bare: false };

export const SCREENS: { [S in ScreenName]: Entry<S> } = {
  welcome: { ...notReady, bare: true },
  today: notReady,
  exams: notReady,
  settings: notReady,
  'exam-start': { component: ExamStart, bare: true },
  exam: { component: Exam, bare: true },
  'exam-review': { component: ExamReview, bare: true },
  results: notReady,
  explanation: notReady,
};
