import type {
  AnswerChange,
  Confidence,
  CountedShare,
  Difference,
  EarlierPaper,
  ExplainedPlace,
  ExplanationView,
  RemarkView,
  ResultLine,
  ResultView,
} from '../api/client';
import { exam } from './exams';

/** Right and all answers of each task in the made paper. */
const TASKS: readonly [task: string, correct: number, items: number][] = [
  ['1.1', 4, 4],
  ['1.2', 3, 5],
  ['1.3', 3, 4],
  ['2.1', 4, 5],
  ['2.2', 4, 6],
  ['2.3', 5, 5],
  ['3.1', 3, 3],
  ['3.2', 4, 5],
  ['3.3', 3, 5],
  ['3.4', 1, 4],
  ['3.5', 5, 6],
  ['4.1', 3, 4],
  ['4.2', 2, 3],
  ['4.3', 2, 3],
  ['4.4', 1, 3],
];

const STEMS = [
  'Kinesis Data Firehose must convert JSON records to Parquet before they reach the data lake. Which change is enough?',
  'A churn data set has 38% missing values in one numeric column. Which treatment keeps the signal of the gap?',
  'A retailer compares RMSE with a weighted quantile loss for sparse demand. Which statement holds?',
  'A tuning job keeps launching training jobs that are clearly poor. How can the team reduce the cost?',
  'An endpoint must serve a new model to 5% of requests, then to all of them. Which deployment fits?',
  'A multi-model endpoint shows long latency on the first request of each model. What is the cause?',
  'A team must label 40,000 images and has two annotators. Which approach needs the LEAST work by people?',
];

/** The longest stay on one question, at the position it was made. */
const LONGEST = 40;

function made(): ResultLine[] {
  const flat = TASKS.flatMap(([task, correct, items]) =>
    Array.from({ length: items }, (_, index) => ({ task, correct: index < correct })),
  );
  const lines: ResultLine[] = [];
  flat.forEach((one, index) => {
    const position = (index * 27 + 13) % flat.length;
    const wobble = ((index * 7919) % 101) / 101;
    lines.push({
      position,
      item: `aws-mls-c01/question-${position + 1}`,
      text: STEMS[index % STEMS.length] ?? '',
      domain: one.task.charAt(0),
      task: one.task,
      scored: index % 13 > 2,
      correct: one.correct,
      chosen: one.correct ? 'B' : 'A',
      key: 'B',
      flagged: index % 11 === 3,
      change: null,
      confidence: said(index, one.correct),
      spent_ms: Math.round((one.correct ? 60 : 105) + wobble * 130) * 1000,
    });
  });
  lines.sort((a, b) => a.position - b.position);

  // The longest question is a wrong one, so that the drawing has something to tell.
  const there = lines[LONGEST];
  const wrong = lines.find((line) => line.task === '3.4' && !line.correct);
  if (there && wrong && there !== wrong) {
    lines[LONGEST] = { ...wrong, position: LONGEST, text: STEMS[3] ?? '' };
    lines[wrong.position] = { ...there, position: wrong.position };
  }
  const long = lines[LONGEST];
  if (long) {
    Object.assign(long, {
      spent_ms: 402_000,
      confidence: 'sure',
      change: 'right-to-wrong',
      scored: true,
    });
  }
  const blank = lines.filter((line) => !line.correct)[4];
  if (blank) Object.assign(blank, { chosen: '', confidence: null, spent_ms: 72_000 });
  mark(lines.filter((line) => line.correct).slice(3, 8), 'wrong-to-right');
  mark(
    lines.filter((line) => !line.correct && line.change === null && line.chosen).slice(0, 1),
    'right-to-wrong',
  );
  mark(
    lines.filter((line) => !line.correct && line.change === null && line.chosen).slice(2, 3),
    'wrong-to-wrong',
  );
  return lines;
}

function said(index: number, correct: boolean): Confidence {
  if (index % 7 === 2) return 'guess';
  if (correct) return index % 3 === 0 ? 'fairly' : 'sure';
  return index % 4 === 0 ? 'sure' : 'fairly';
}

function mark(lines: ResultLine[], change: AnswerChange): void {
  for (const line of lines) line.change = change;
}

/** A result as Rust shows it: 47 of 65 right, 762, so near the pass mark that it tells little. */
export function result(parts: Partial<ResultView> = {}): ResultView {
  const lines = made();
  const scored = lines.filter((line) => line.scored);
  return {
    id: 'sitting-4',
    mode: 'mock',
    title: 'Mock 4',
    exam: exam(),
    started_ms: new Date(2025, 10, 22, 9, 30).getTime(),
    used_ms: 166 * 60_000,
    total_ms: 180 * 60_000,
    state: 'ended',
    report: {
      scorer_version: 1,
      blank: lines.filter((line) => line.chosen === '').length,
      scaled: 762,
      passed: true,
      interval_95: { low: 717, high: 807 },
      interval_50: { low: 747, high: 778 },
      correct: lines.filter((line) => line.correct).length,
      items: lines.length,
      scored_correct: scored.filter((line) => line.correct).length,
      scored_items: scored.length,
      chance_parallel_passes: 0.67,
      sem: 23,
      domains: [
        domain('1', 10, 13, 781, 703, 859, true),
        domain('2', 13, 16, 797, 727, 867, true),
        domain('3', 16, 23, 744, 687, 801, false),
        domain('4', 8, 13, 723, 645, 801, false),
      ],
      tasks: TASKS.map(([task, correct, items]) => ({
        task,
        domain: task.charAt(0),
        correct,
        items,
        scored_correct: correct,
        scored_items: items,
        marks: Array.from({ length: items }, (_, place) => place < correct),
      })),
    },
    lines,
    even_share_ms: 166_000,
    ran_out: null,
    changes: { mocks: 4, wrong_to_right: 17, right_to_wrong: 6, wrong_to_wrong: 4, clear: true },
    sureness: [
      { said: 'sure', here: share(29, 34, 0.7, 0.93), all: share(96, 112, 0.78, 0.91) },
      { said: 'fairly', here: share(14, 21, 0.45, 0.83), all: share(58, 88, 0.56, 0.75) },
      { said: 'guess', here: share(4, 9, 0.19, 0.73), all: share(13, 41, 0.2, 0.47) },
    ],
    earlier: [
      earlier(3, 738, 692, 784, { points: 24, low: -41, high: 89, clear: false }),
      earlier(2, 719, 671, 766, { points: 43, low: -23, high: 109, clear: false }),
      earlier(1, 668, 617, 719, { points: 94, low: 27, high: 161, clear: true }),
    ],
    remark: null,
    ...parts,
  };
}

function share(hits: number, of: number, low: number, high: number): CountedShare {
  return { hits, of, low, high };
}

function earlier(
  number: number,
  scaled: number,
  low: number,
  high: number,
  difference: Difference,
): EarlierPaper {
  return {
    id: `sitting-${number}`,
    title: `Mock ${number}`,
    started_ms: new Date(2025, 10, 1 + number * 5, 9, 30).getTime(),
    outcome: { scaled, low, high, pass: 750, passed: scaled >= 750 },
    difference,
  };
}

/** What a mended key makes of the made result: one more answer is right. */
export function remark(): RemarkView {
  const { report } = result();
  return {
    made_ms: new Date(2025, 10, 24, 8, 0).getTime(),
    report: {
      ...report,
      correct: report.correct + 1,
      scaled: 774,
      interval_95: { low: 729, high: 817 },
      interval_50: { low: 759, high: 789 },
      chance_parallel_passes: 0.75,
    },
    changes: [
      {
        position: 40,
        deck: 'AWS Certified Machine Learning – Specialty',
        deck_version: '1.2.0',
        chosen: 'A',
        was: 'B',
        now: 'A',
        was_right: false,
        is_right: true,
      },
    ],
  };
}

function domain(
  id: string,
  correct: number,
  items: number,
  scaled: number,
  low: number,
  high: number,
  meets_competencies: boolean,
): ResultView['report']['domains'][number] {
  return {
    domain: id,
    correct,
    items,
    scored_correct: correct,
    scored_items: items,
    scaled,
    interval_95: { low, high },
    meets_competencies,
  };
}

const OPTIONS = [
  {
    letter: 'B',
    html: '<p>Set the early stopping type of the tuning job to Auto.</p>',
    reason_html:
      '<p>SageMaker then stops a training job when its objective metric looks unlikely to beat the best one so far. Each poor job ends sooner, and the 100 jobs and their ranges stay as they are. The built-in XGBoost algorithm supports it.</p>',
  },
  {
    letter: 'A',
    html: '<p>Reduce the maximum number of parallel training jobs to 1.</p>',
    reason_html:
      '<p>This can make each Bayesian choice better informed, which is why it tempts. But all 100 jobs still run to the end, so the compute bill is about the same and the wait is much longer.</p>',
  },
  {
    letter: 'C',
    html: '<p>Change the tuning strategy from Bayesian to grid search.</p>',
    reason_html:
      '<p>Grid search tries every combination of categorical values. It changes how the space is searched and has no reason to end poor jobs early.</p>',
  },
  {
    letter: 'D',
    html: '<p>Run the training jobs on a larger instance type.</p>',
    reason_html:
      '<p>Jobs may finish sooner, but each hour costs more and the poor ones still run to the end.</p>',
  },
];

/** The explanation of one line of a result. */
export function explanation(
  line: ResultLine,
  parts: Partial<ExplanationView> = {},
): ExplanationView {
  const view = exam();
  const domain = view.domains.find((one) => one.id === line.domain);
  return {
    line,
    comment: '',
    domain_index: domain?.index ?? 0,
    task_title: domain?.tasks.find((task) => task.id === line.task)?.title ?? '',
    kind: 'single',
    difficulty: 'hard',
    case_html: null,
    stem_html:
      '<p>A team tunes an XGBoost model with Amazon SageMaker automatic model tuning. The tuning job runs 100 training jobs and takes nine hours. The logs show that many training jobs are clearly worse than the best one after a few rounds but still run to the end.</p><p class="lead-in">How can the team reduce cost without changing the search space or the number of training jobs?</p>',
    options: OPTIONS.map((option) => ({
      ...option,
      key: line.key.includes(option.letter),
      chosen: line.chosen.includes(option.letter),
    })),
    places: [],
    explanation_html:
      '<p>Early stopping compares each training job with the median of the jobs before it at the same step, and ends those that fall behind. What it saves is the tail of jobs that would never have won.</p>',
    references: [
      {
        title: 'SageMaker Developer Guide, Stop training jobs early',
        url: 'https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-early-stopping.html',
      },
    ],
    checked: '2025-11-10',
    answers: line.change === null ? [line.chosen] : ['B', line.chosen],
    timeline: [
      { at_ms: 4_980_000, what: 'seen', letters: '' },
      { at_ms: 5_071_000, what: 'answered', letters: 'B' },
      { at_ms: 5_090_000, what: 'flagged', letters: '' },
      { at_ms: 9_240_000, what: 'seen', letters: '' },
      { at_ms: 9_388_000, what: 'answered', letters: line.chosen },
      { at_ms: 9_391_000, what: 'sure', letters: '' },
    ],
    beforehand: { p: 0.58, low90: 0.49, high90: 0.66, answers: 260, repeated: false },
    similar: [
      {
        item: 'aws-mls-c01/hyperband',
        text: 'A team wants a tuning job to spend its budget on the training jobs that promise most. Which strategy fits?',
        task: '3.4',
        right: true,
        listed: false,
      },
      {
        item: 'aws-mls-c01/warm-start-tuning',
        text: 'A tuning job was run last month on a data set that has grown since. How can the new job use what was learned?',
        task: '3.4',
        right: null,
        listed: true,
      },
    ],
    listed: false,
    ...parts,
  };
}

/** The explanation of an order of which the last two places were wrong. */
export function explainedOrder(line: ResultLine): ExplanationView {
  const answer = { ...line, chosen: 'CDA', key: 'CAD', correct: false };
  const response = (letter: string, html: string) => ({ letter, html });
  const register = response('C', 'Register the model in the Amazon SageMaker Model Registry.');
  const approve = response('A', 'Approve the version after an evaluation job.');
  const update = response('D', 'Update the endpoint with a canary deployment.');
  const made = explanation(answer, {
    kind: 'ordering',
    stem_html:
      '<p>A team retrains a model every week. Each new model must be tested before it serves customers.</p><p class="lead-in">Put the steps of the pipeline in the right order. (Select and order THREE.)</p>',
    places: [
      place('', register, register, '<p>Only what is registered has a version to approve.</p>'),
      place('', approve, update, '<p>Approval is what starts the deployment.</p>'),
      place('', update, approve, '<p>A few requests show whether the new version holds.</p>'),
    ],
    answers: ['ACD', 'CDA'],
  });
  made.options = [
    {
      ...response('B', 'Delete the old endpoint.'),
      reason_html: '<p>Updating the endpoint replaces the old version.</p>',
      key: false,
      chosen: false,
    },
  ];
  return made;
}

/** The explanation of a match of which one pair was wrong and one left empty. */
export function explainedMatch(line: ResultLine): ExplanationView {
  const answer = { ...line, chosen: 'CB–', key: 'CAD', correct: false, change: null };
  const response = (letter: string, html: string) => ({ letter, html });
  const store = response('C', 'Amazon SageMaker Feature Store');
  const made = explanation(answer, {
    kind: 'matching',
    stem_html:
      '<p class="lead-in">Match each need with the service that meets it with the LEAST effort.</p>',
    places: [
      place('Share features between training and inference.', store, store, ''),
      place(
        'Read millions of small files from many training instances at once.',
        response('A', 'Amazon FSx for Lustre'),
        response('B', 'Amazon EBS'),
        '<p>A parallel file system in front of the bucket.</p>',
      ),
      place(
        'Keep raw data at the lowest price.',
        response('D', 'Amazon S3 Glacier Deep Archive'),
        null,
        '<p>Retrieval takes hours, which raw data can bear.</p>',
      ),
    ],
    answers: [],
  });
  made.options = [
    {
      ...response('B', 'Amazon EBS'),
      reason_html: '<p>A volume is attached to one instance.</p>',
      key: false,
      chosen: true,
    },
  ];
  return made;
}

function place(
  prompt_html: string,
  key: ExplainedPlace['key'],
  given: ExplainedPlace['given'],
  reason_html: string,
): ExplainedPlace {
  return { prompt_html, key, given, correct: given?.letter === key.letter, reason_html };
}
