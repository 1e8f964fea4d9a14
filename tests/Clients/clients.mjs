// Calls Microsoft's clients for the tests: a call per line of standard input, its outcome per line of standard output.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const packages = {
  network: ['@azure/arm-network', 'NetworkManagementClient'],
  aks: ['@azure/arm-containerservice', 'ContainerServiceClient'],
  storage: ['@azure/arm-storage', 'StorageManagementClient'],
  logs: ['@azure/arm-operationalinsights', 'OperationalInsightsManagementClient'],
  resources: ['@azure/arm-resources', 'ResourceManagementClient'],
  locks: ['@azure/arm-locks', 'ManagementLockClient'],
  roles: ['@azure/arm-authorization', 'AuthorizationManagementClient'],
  graph: ['@azure/arm-resourcegraph', 'ResourceGraphClient'],
  subscriptions: ['@azure/arm-resources-subscriptions', 'SubscriptionClient'],
  query: ['@azure/monitor-query-logs', 'LogsQueryClient'],
};
const ofTenant = ['graph', 'subscriptions', 'query'];

// What these clients call otherwise than the service does.
const renamed = { supportshttpstrafficonly: 'enablehttpstrafficonly', activeactive: 'active' };

// The older generation of clients hands on properties that its models do not have. In a test that reads, this would hide what the simulator
// made up. (Not elsewhere: that generation finds the status of an operation that way.)
const reading = new AsyncLocalStorage();
for (const core of [await import('@azure/core-client'), createRequire(import.meta.url)('@azure/core-client')]) {
  const serializer = Object.getPrototypeOf(core.createSerializer());
  const { deserialize } = serializer;
  serializer.deserialize = function (mapper, body, name, options) {
    return deserialize.call(this, mapper, body, name, { xml: {}, ...options, ignoreUnknownProperties: reading.getStore() });
  };
}

async function open({ client, endpoint, tokens, subscription }, bodies) {
  const [name, type] = packages[client];
  const Client = (await import(name))[type];
  const credential = {
    async getToken(scopes) {
      const isLogs = [scopes].flat().includes('https://api.loganalytics.io/.default');
      return { token: isLogs ? tokens.logs : tokens.management, expiresOnTimestamp: Date.now() + 3600_000 };
    },
  };
  if (client === 'query') {
    // What is an address with a version for this client is one without for the others.
    endpoint += '/v1';
  }

  const listen = {
    name: 'listen',
    async sendRequest(request, next) {
      const response = await next(request);
      bodies.push(response.bodyAsText);
      return response;
    },
  };
  const options = {
    // The generations name the address differently; each ignores the other's word.
    endpoint,
    baseUri: endpoint,
    retryOptions: { retryDelayInMs: 50 },
    additionalPolicies: [{ policy: listen, position: 'perCall' }],
  };
  return ofTenant.includes(client) ? new Client(credential, options) : new Client(credential, subscription, options);
}

// The times of a timespan; everything else that is a time goes to the clients as text.
function withDates(arg) {
  const times = Object.entries(arg ?? {}).filter(([name]) => name === 'startTime' || name === 'endTime');
  return times.length > 0 ? { ...arg, ...Object.fromEntries(times.map(([name, text]) => [name, new Date(text)])) } : arg;
}

async function run(request, bodies) {
  const path = request.call.split('.');
  const method = path.pop();
  const group = path.reduce((at, name) => at[name], await open(request, bodies));
  const result = group[method](...request.args.map(withDates));
  if (result?.[Symbol.asyncIterator] === undefined) {
    return (await result) ?? null;
  }

  const all = [];
  for await (const item of result) {
    all.push(item);
  }
  return all;
}

// Every value with the name it has, whatever it lies in: the clients flatten "properties".
function* values(node, name = '') {
  if (node !== null && typeof node === 'object') {
    for (const [key, value] of Object.entries(node)) {
      yield* values(value, Array.isArray(node) ? name : key);
    }
  } else if (node !== null && node !== undefined) {
    // What would be there twice when flattened is called "typePropertiesType".
    yield [name.toLowerCase().replace(/^(\w+)properties\1$/, '$1'), node];
  }
}

// What the answers had and the client's models have no place for.
function lost(bodies, result) {
  const text = ([name, value]) => `${name}: ${value}`;
  const kept = new Set([...values(JSON.parse(JSON.stringify(result)))].map(text));
  const sent = bodies.filter((body) => body).flatMap((body) => [...values(JSON.parse(body))]);
  return [...new Set(sent.map(([name, value]) => text([renamed[name] ?? name, value])))].filter((value) => !kept.has(value));
}

function describe({ name, code, statusCode, message, body }) {
  return { name, code: code ?? body?.code, statusCode, message, body };
}

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const request = JSON.parse(line);
  const bodies = [];
  let outcome;
  try {
    const result = await reading.run(request.reads, () => run(request, bodies));
    outcome = { id: request.id, result, lost: request.reads ? lost(bodies, result) : [] };
  } catch (error) {
    outcome = { id: request.id, error: describe(error) };
  }
  process.stdout.write(JSON.stringify(outcome) + '\n');
});
lines.on('close', () => process.exit());
