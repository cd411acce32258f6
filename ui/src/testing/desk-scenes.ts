import { reading } from '../state/reading.svelte';
import {
  current,
  finished,
  furnish,
  nobody,
  outcome,
  retired,
  running,
  summary,
  today,
} from './learner';
import { SCENARIO } from './paper';
import { explainedMatch, explainedOrder, explanation, remark, result } from './results';
import type { Scene } from './scenes';
import { fewStatistics, noStatistics, statistics, teachStatistics } from './statistics';

/** The screens inside the shell and the welcome, each at a moment worth looking at. */
export const deskScenes: Record<string, Scene> = {
  welcome: (desk) => {
    furnish(desk, nobody());
    return { screen: 'welcome' };
  },
  'welcome-retired': (desk) => {
    furnish(desk, nobody());
    desk.exams = desk.exams.map((exam) => (exam.questions > 0 ? retired() : exam));
    return { screen: 'welcome' };
  },
  today: (desk) => {
    furnish(desk);
    return { screen: 'today' };
  },
  'today-first': (desk) => {
    furnish(desk, today({ finished: [] }));
    return { screen: 'today' };
  },
  'today-running': (desk) => {
    furnish(desk, today({ running: running() }));
    return { screen: 'today' };
  },
  'today-retired': (desk) => {
    furnish(desk, today({ exam: retired() }));
    return { screen: 'today' };
  },
  'today-short': (desk) => {
    const exam = current({
      largest_paper: 40,
      questions: 61,
      shortfall:
        'A full paper needs 23 questions on Modeling that may stand together; there are 14.',
    });
    furnish(desk, today({ exam, finished: [] }));
    return { screen: 'today' };
  },
  exams: (desk) => {
    furnish(desk);
    return { screen: 'exams' };
  },
  'exams-running': (desk) => {
    furnish(desk, today({ running: running(), finished: finished().slice(1) }));
    return { screen: 'exams' };
  },
  'exams-empty': (desk) => {
    furnish(desk, today({ finished: [] }));
    return { screen: 'exams' };
  },
  'exams-modes': (desk) => {
    const [latest, ...before] = finished();
    const drill = summary(9, { mode: 'drill', title: 'Drill', items: 10, correct: 7 });
    const others = [
      { ...drill, timed: false, answered: 10, outcome: null },
      {
        ...drill,
        id: 'sitting-8',
        mode: 'section' as const,
        title: 'Section test: Modeling',
        items: 23,
        answered: 23,
        outcome: null,
      },
    ];
    furnish(desk, today({ finished: [...(latest ? [latest] : []), ...others, ...before] }));
    return { screen: 'exams' };
  },
  'results-diagnostic': (desk) => {
    furnish(desk);
    const made = result();
    desk.also['result'] = () => ({ ...made, mode: 'diagnostic', title: 'Diagnostic' });
    return { screen: 'results', sitting: 'sitting-4' };
  },
  results: (desk) => {
    furnish(desk);
    return { screen: 'results', sitting: 'sitting-4' };
  },
  'results-plain': (desk) => {
    furnish(desk);
    const plain = result({
      state: 'expired',
      used_ms: 180 * 60_000,
      ran_out: { position: 57, unseen: 7, blank: 9 },
      sureness: [],
    });
    plain.lines.forEach((line) => Object.assign(line, { confidence: null, change: null }));
    Object.assign(plain.report, {
      scaled: 611,
      passed: false,
      interval_95: { low: 540, high: 682 },
      interval_50: { low: 586, high: 636 },
      chance_parallel_passes: 0.004,
    });
    desk.also['result'] = () => plain;
    return { screen: 'results', sitting: 'sitting-4' };
  },
  'results-remarked': (desk) => {
    furnish(desk);
    desk.also['result'] = () => result({ remark: remark() });
    return { screen: 'results', sitting: 'sitting-4' };
  },
  'exams-history': (desk) => {
    const [latest, ...before] = finished();
    const drill = summary(9, {
      mode: 'drill',
      title: 'Drill',
      items: 10,
      answered: 10,
      correct: 7,
      outcome: null,
      timed: false,
    });
    const left = summary(8, { state: 'abandoned', answered: 12, outcome: null, correct: null });
    const again = { correct: 48, outcome: outcome(774, 729, 817) };
    const all = [...(latest ? [{ ...latest, remark: again }] : []), ...before];
    furnish(desk, today({ running: running(), finished: [drill, ...all] }));
    desk.also['history'] = () => [running(), left, drill, ...all];
    return { screen: 'exams' };
  },
  explanation: (desk) => {
    furnish(desk);
    reading.filter = 'wrong';
    return { screen: 'explanation', sitting: 'sitting-4', position: 40 };
  },
  'explanation-multi': (desk) => {
    furnish(desk);
    const line = result().lines[40];
    if (line) {
      const multi = { ...line, chosen: 'AB', key: 'BC' };
      const answer = explanation(multi, { kind: 'multiple', answers: ['B', 'AB'] });
      const [key, yours, other, rest] = answer.options;
      if (key && yours && other && rest) answer.options = [key, other, yours, rest];
      desk.also['explanation'] = () => answer;
    }
    return { screen: 'explanation', sitting: 'sitting-4', position: 40 };
  },
  statistics: (desk) => {
    furnish(desk);
    teachStatistics(desk, (deck) => statistics({ deck }));
    return { screen: 'statistics' };
  },
  'statistics-few': (desk) => {
    furnish(desk);
    teachStatistics(desk, fewStatistics);
    return { screen: 'statistics' };
  },
  'statistics-none': (desk) => {
    furnish(desk);
    teachStatistics(desk, noStatistics);
    return { screen: 'statistics' };
  },
  'explanation-order': (desk) => {
    furnish(desk);
    const line = result().lines[40];
    if (line) desk.also['explanation'] = () => explainedOrder(line);
    return { screen: 'explanation', sitting: 'sitting-4', position: 40 };
  },
  'explanation-match': (desk) => {
    furnish(desk);
    const line = result().lines[40];
    if (line) {
      const answer = explainedMatch(line);
      answer.case_html = SCENARIO;
      desk.also['explanation'] = () => answer;
    }
    return { screen: 'explanation', sitting: 'sitting-4', position: 40 };
  },
  settings: (desk) => {
    furnish(desk);
    return { screen: 'settings' };
  },
};
