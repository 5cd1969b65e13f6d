import type { RateCard, RateLine } from './infrastructure-cost';

/** Hours of a mean month. */
export const hoursPerMonth = (365.25 / 12) * 24;

const cloudStorage = { source: 'https://cloud.google.com/storage/pricing', date: '2026-09-20' };
const pinecone = { source: 'https://www.pinecone.io/pricing/', date: '2026-10-07' };
const unknownPrice = { usdPerUnit: null, source: null, date: null };

/** Public prices as they were read; each has its page and its day, and none is anyone's offer. */
const lines: readonly RateLine[] = [
  {
    id: 'transcripts',
    name: 'Transcripts',
    unit: 'GiB-month',
    usdPerUnit: Number((0.000027397 * 730).toFixed(6)),
    ...cloudStorage,
    note: 'Cloud Storage, standard, one region (us-central1): $0.000027397 per GiB-hour × 730.',
  },
  {
    id: 'checkpoints',
    name: 'Checkpoints',
    unit: 'GiB-month',
    usdPerUnit: Number((0.000027397 * 730).toFixed(6)),
    ...cloudStorage,
    note: 'As transcripts; a checkpoint in a database costs that database’s storage instead.',
  },
  {
    id: 'checkpoint_writes',
    name: 'Checkpoint writes',
    unit: '1,000 writes',
    usdPerUnit: 0.005,
    ...cloudStorage,
    note: 'Cloud Storage, class A operations, standard, one region.',
  },
  {
    id: 'execution_records',
    name: 'Execution records',
    unit: 'GiB-month',
    ...unknownPrice,
    note: 'Storage of the database that holds them: enter your own.',
  },
  {
    id: 'vectors',
    name: 'Vectors',
    unit: 'GB-month',
    usdPerUnit: 0.33,
    ...pinecone,
    note: 'Pinecone Standard; its minimum of $50 a month is not in here.',
  },
  {
    id: 'vector_queries',
    name: 'Vector queries',
    unit: 'million read units',
    usdPerUnit: 16,
    ...pinecone,
    note: 'Pinecone Standard, lower end of $16 to $18 by region.',
  },
  {
    id: 'cache_memory',
    name: 'Cache memory',
    unit: 'GB-hour',
    usdPerUnit: 0.084,
    source: 'https://www.usage.ai/blogs/aws/database-savings-plans/elasticache/serverless-pricing/',
    date: '2026-11-21',
    note: 'ElastiCache Serverless for Valkey, us-east-1, as of June 2026; requests are not in here.',
  },
  {
    id: 'queue_messages',
    name: 'Queue messages',
    unit: 'million requests',
    usdPerUnit: 0.4,
    source: 'https://cloudburn.io/blog/amazon-sqs-pricing',
    date: '2026-11-21',
    note: 'SQS standard queue, us-east-1, as of March 2026; each 64 kB of a message is a request.',
  },
  {
    id: 'database_instances',
    name: 'Database instances',
    unit: 'instance-hour',
    usdPerUnit: 0.164,
    source:
      'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonRDS/current/af-south-1/index.csv',
    date: '2026-10-06',
    note: 'RDS for PostgreSQL, db.t4g.medium, Multi-AZ, af-south-1, as quoted from the price list of that day. Other regions differ.',
  },
  {
    id: 'worker_cpu',
    name: 'Workers, processor',
    unit: 'vCPU-hour',
    usdPerUnit: Number((0.000011244 * 3_600).toFixed(6)),
    source: 'https://aws.amazon.com/ecs/pricing/',
    date: '2026-09-20',
    note: 'Fargate, Linux x86, us-east-1, from the page’s example: $0.000011244 per vCPU-second.',
  },
  {
    id: 'worker_memory',
    name: 'Workers, memory',
    unit: 'GB-hour',
    ...unknownPrice,
    note: 'No price with a source: enter your own.',
  },
  {
    id: 'egress',
    name: 'Egress',
    unit: 'GiB',
    usdPerUnit: 0.12,
    ...cloudStorage,
    note: 'Network egress worldwide, first 10 TiB of a month.',
  },
];

/** What a project begins with: public prices, and nothing said of state that traces cannot tell. */
export const defaultRateCard: RateCard = {
  lines: [...lines],
  state: {
    bytesPerToken: 4,
    retentionDays: 30,
    replicas: 1,
    checkpointsPerStep: null,
    recordBytesPerCall: null,
    vectorsPerSession: null,
    vectorDimensions: 1_536,
    vectorQueriesPerSession: null,
    cacheHours: null,
    requestsPerMessage: 3,
    // PostgreSQL on RDS: memory ÷ 9,531,392 bytes, at most 5,000; 4 GiB give 450.
    connectionsPerInstance: 450,
    sessionsPerWorker: null,
    cpuPerWorker: 1,
    memoryGbPerWorker: 2,
  },
};
