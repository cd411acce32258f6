import type { OptionView, QuestionView, ResponseKind } from '../api/client';

/** A question as a deck would hold it, without its key: the hall never sees keys. */
interface Source {
  stem: string;
  options: string[];
  select?: number;
}

const SOURCES: Source[] = [
  {
    stem: `<p>A payments company trains a gradient-boosted tree model to detect fraudulent card transactions. Of 4.2 million labeled transactions, 0.3% are fraudulent. On the held-out set the model reports 99.7% accuracy, but the fraud team finds that it flags almost none of the fraud.</p>
<p>Investigating a legitimate transaction costs about $4. A missed fraud costs about $310.</p>
<p class="lead-in">Which change will MOST directly help the team choose a model that lowers the total cost?</p>`,
    options: [
      'Add boosting rounds until accuracy on the held-out set exceeds 99.9%.',
      'Choose the model and its decision threshold from the precision-recall curve, weighting each error by its cost.',
      'Replace the trees with the SageMaker linear learner algorithm and L2 regularization.',
      'Report the area under the ROC curve on the training set instead of accuracy on the held-out set.',
    ],
  },
  {
    stem: `<p>A hospital group keeps 11 TB of de-identified images in an Amazon S3 bucket. A data scientist must train on them with an Amazon SageMaker training job that runs in private subnets with no route to the internet.</p>
<p>Traffic to Amazon S3 must not leave the AWS network, and everything the job writes must be encrypted at rest with a key that the hospital group controls.</p>
<p class="lead-in">Which combination of steps will meet these requirements? (Select TWO.)</p>`,
    options: [
      'Create a gateway VPC endpoint for Amazon S3 and add it to the route tables of the training subnets.',
      'Add a NAT gateway to the private subnets and allow only the published Amazon S3 address ranges.',
      'Specify a customer managed AWS KMS key for the training volume and the output location.',
      'Turn on S3 Transfer Acceleration for the bucket.',
      'Turn on encryption of traffic between the training containers.',
    ],
    select: 2,
  },
  {
    stem: `<p>A logistics company predicts delivery times. The notebook below computes the features, and the nightly job fails with an out-of-memory error since the route table has grown to 40 million rows.</p>
<pre><code>routes = pd.read_csv("s3://acme-routes/2026/", dtype={"depot": "category"})
features = routes.merge(depots, on="depot").groupby(["depot", "weekday"]).agg(minutes=("minutes", "median"))
</code></pre>
<p>The measurements of one week:</p>
<table><thead><tr><th>Day</th><th>Rows</th><th>Peak memory</th></tr></thead><tbody><tr><td>Monday</td><td>5.1 million</td><td>14 GB</td></tr><tr><td>Tuesday</td><td>6.0 million</td><td>17 GB</td></tr><tr><td>Wednesday</td><td>5.8 million</td><td>16 GB</td></tr></tbody></table>
<p>The team may change the job, but not where the data lies, and wants to keep the notebook for exploration on samples. New depots open every month, and their identifiers are not known beforehand.</p>
<p class="lead-in">Which solution will meet these requirements with the LEAST operational overhead?</p>`,
    options: [
      'Run the same aggregation in an AWS Glue Spark job that reads the prefix and writes <code>features</code> as Parquet.',
      'Move the notebook to the largest memory-optimized instance and schedule it there.',
      'Read the files in chunks of <code>chunksize=1000000</code> and append each result to a list in memory.',
      'Store the routes in an Amazon DynamoDB table with <code>depot</code> as the partition key.',
    ],
  },
];

/** The question at a position of a made paper. */
export function questionAt(position: number): QuestionView {
  const source = SOURCES[position % SOURCES.length] ?? { stem: '', options: [] };
  const kind: ResponseKind = source.select === undefined ? 'single' : 'multiple';
  return {
    position,
    kind,
    select: source.select ?? 1,
    case_html: null,
    stem_html: source.stem,
    options: source.options.map(option),
    prompts: [],
    arrangement: [],
    reuse: false,
    flagged: false,
    confidence: null,
    comment: '',
  };
}

function option(html: string, index: number): OptionView {
  const text = html.replace(/<[^>]*>/g, '');
  const letter = String.fromCharCode(65 + index);
  return { letter, html, text, chosen: false, struck: false };
}

/** A question that asks for an order of three of its four responses. */
export function orderAt(position: number): QuestionView {
  return {
    ...questionAt(position),
    kind: 'ordering',
    select: 3,
    stem_html:
      '<p>A team retrains a model every week. Each new model must be tested before it serves customers.</p><p class="lead-in">Put the steps of the pipeline in the right order. (Select and order THREE.)</p>',
    options: [
      'Approve the version after an evaluation job has compared it with the one in use.',
      'Delete the old endpoint.',
      'Register the model in the Amazon SageMaker Model Registry.',
      'Update the endpoint with a canary deployment.',
    ].map(option),
    arrangement: [null, null, null],
  };
}

/** A question that asks to match three prompts with four responses. */
export function matchAt(position: number): QuestionView {
  return {
    ...questionAt(position),
    kind: 'matching',
    select: 3,
    stem_html:
      '<p>A company prepares data for training.</p><p class="lead-in">Match each need with the service that meets it with the LEAST effort. Each service is used once or not at all.</p>',
    options: [
      'Amazon FSx for Lustre',
      'Amazon EBS',
      'Amazon SageMaker Feature Store',
      'Amazon S3 Glacier Deep Archive',
    ].map(option),
    prompts: [
      'Share features between training and inference.',
      'Read millions of small files from many training instances at once.',
      'Keep raw data at the lowest price, where a wait of hours does not matter.',
    ],
    arrangement: [null, null, null],
  };
}

/** The scenario of a case, which some questions share. */
export const SCENARIO =
  '<p>A company sells tea in 40 countries. Each shop keeps its own sales records in a MySQL database, most of them for less than a year. A nightly job copies the records to Amazon S3 as CSV files.</p><p>The company plans to forecast demand for each shop and product, eight weeks ahead.</p>';
