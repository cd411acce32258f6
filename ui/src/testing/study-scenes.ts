import { Cards, card, cards, gradeViews } from './cards';
import { finished, furnish, running, today } from './learner';
import { plannedDays, planOf } from './plan';
import type { Scene } from './scenes';

const aDay = () =>
  new Cards([...cards(26), ...cards(9, 'relearning', 27), ...cards(3, 'new', 36)], 27);

/** Study, and Today with cards, each at a moment worth looking at. `study:Space` has the answer. */
export const studyScenes: Record<string, Scene> = {
  study: (desk) => {
    furnish(desk);
    aDay().teach(desk);
    return { screen: 'study' };
  },
  'study-new': (desk) => {
    furnish(desk);
    const grades = gradeViews({
      again: { wait: { unit: 'minutes', count: 1 } },
      hard: { wait: { unit: 'minutes', count: 6 } },
      good: { wait: { unit: 'minutes', count: 10 } },
      easy: { wait: { unit: 'days', count: 70 }, held_back: null },
    });
    new Cards([card(3, { phase: 'new', grades, task: null, task_title: null })]).teach(desk);
    return { screen: 'study' };
  },
  'study-long': (desk) => {
    furnish(desk);
    const front_html = `${'<p>A logistics company predicts delivery times. The nightly job fails with an out-of-memory error since the route table has grown to 40 million rows.</p>'.repeat(4)}<pre><code>features = routes.merge(depots, on="depot").groupby(["depot", "weekday"]).agg(minutes=("minutes", "median"))</code></pre>`;
    const grades = gradeViews({ good: { held_back: 'higher_recall' } });
    new Cards([card(1, { front_html, flag: 1, grades })], 42).teach(desk);
    return { screen: 'study' };
  },
  'study-typed': (desk) => {
    furnish(desk);
    const front_html = '<p>Which metric divides the true positives by all actual positives?</p>';
    const typed = card(1, { front_html, back_html: '<p>Recall</p>', style: 'typed', typed: true });
    new Cards([{ ...typed, source: 'aws-mls-c01/recall' }], 12).teach(desk);
    desk.also['type_answer'] = () => ({
      right: false,
      typed_html: 'recal<del>e</del>',
      answer_html: 'Recal<ins>l</ins>',
    });
    return { screen: 'study' };
  },
  'study-cloze': (desk) => {
    furnish(desk);
    const text = (words: string) =>
      `<p>Firehose can convert JSON to <span class="cloze">${words}</span> before delivery:</p><pre><code class="language-python"><span class="hl-comment"># one stream
</span>config <span class="hl-keyword">=</span> {<span class="hl-string">"Enabled"</span>: <span class="hl-number">True</span>}
<span class="hl-keyword">def</span> <span class="hl-name">deliver</span>(): <span class="hl-keyword">pass</span></code></pre><p>The loss is <math><msup><mrow><mo>(</mo><mi>y</mi><mo>−</mo><mover accent="true"><mi>y</mi><mo stretchy="false">ˆ</mo></mover><mo>)</mo></mrow><mn>2</mn></msup></math>.</p><p><span class="missing">picture missing: plot.png</span></p>`;
    const parts = { front_html: text('[format]'), back_html: text('Parquet') };
    new Cards([card(1, { ...parts, style: 'cloze' })], 12).teach(desk);
    return { screen: 'study' };
  },
  'study-error': (desk) => {
    furnish(desk);
    aDay().teach(desk);
    desk.before = (command) => {
      if (command !== 'grade_card') return;
      throw {
        code: 'collection',
        message: 'The grade could not be written to the collection.',
        hint: 'What was confirmed before is safe. Check that the disk is not full, then try again.',
        location: null,
      };
    };
    return { screen: 'study' };
  },
  'study-over': (desk) => {
    furnish(desk);
    new Cards([], 43).teach(desk);
    return { screen: 'study' };
  },
  'study-later': (desk) => {
    furnish(desk);
    const known = new Cards([], 43).teach(desk);
    Object.assign(known, { later: 9, nextMs: Date.now() + 25 * 60_000 });
    return { screen: 'study' };
  },
  'today-cards': (desk) => {
    furnish(desk);
    aDay().teach(desk);
    return { screen: 'today' };
  },
  'today-far': (desk) => {
    furnish(desk, today({ profile: { exam: 'MLS-C01', exam_date: '2026-04-23' }, days_left: 150 }));
    const known = aDay().teach(desk);
    desk.also['plan'] = () => planOf(known, { days: plannedDays(120) });
    return { screen: 'today' };
  },
  'today-near': (desk) => {
    furnish(desk, today({ profile: { exam: 'MLS-C01', exam_date: '2025-11-26' }, days_left: 2 }));
    const known = aDay().teach(desk);
    desk.also['plan'] = () => planOf(known, { days: plannedDays(3) });
    return { screen: 'today' };
  },
  'today-shortened': (desk) => {
    furnish(desk);
    const known = aDay().teach(desk);
    Object.assign(known, { budgetMinutes: 20, budgetLeftMs: 20 * 60_000 });
    return { screen: 'today' };
  },
  'study-used-up': (desk) => {
    furnish(desk);
    const known = aDay().teach(desk);
    Object.assign(known, { budgetMinutes: 20, budgetLeftMs: -4000 });
    return { screen: 'study' };
  },
  'today-cards-running': (desk) => {
    furnish(desk, today({ running: running(), finished: finished().slice(1) }));
    aDay().teach(desk);
    return { screen: 'today' };
  },
  'today-later': (desk) => {
    furnish(desk);
    const known = new Cards([], 43).teach(desk);
    Object.assign(known, { later: 9, nextMs: Date.now() + 25 * 60_000 });
    return { screen: 'today' };
  },
};
