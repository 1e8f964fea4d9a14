// Calls Microsoft's management clients for the tests: a call per line of standard input, its outcome per line of standard output.
import { createInterface } from 'node:readline';

const packages = {
  network: ['@azure/arm-network', 'NetworkManagementClient'],
  aks: ['@azure/arm-containerservice', 'ContainerServiceClient'],
  storage: ['@azure/arm-storage', 'StorageManagementClient'],
  logs: ['@azure/arm-operationalinsights', 'OperationalInsightsManagementClient'],
  resources: ['@azure/arm-resources', 'ResourceManagementClient'],
  graph: ['@azure/arm-resourcegraph', 'ResourceGraphClient'],
  subscriptions: ['@azure/arm-resources-subscriptions', 'SubscriptionClient'],
};
const ofTenant = ['graph', 'subscriptions'];

async function open({ client, endpoint, token, subscription }) {
  const [name, type] = packages[client];
  const Client = (await import(name))[type];
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3600_000 }) };
  // The generations of clients name the address differently; each ignores the other's word.
  const options = { endpoint, baseUri: endpoint, retryOptions: { retryDelayInMs: 50 } };
  return ofTenant.includes(client) ? new Client(credential, options) : new Client(credential, subscription, options);
}

async function run(request) {
  const path = request.call.split('.');
  const method = path.pop();
  const group = path.reduce((at, name) => at[name], await open(request));
  const result = group[method](...request.args);
  if (result?.[Symbol.asyncIterator] === undefined) {
    return await result;
  }

  const all = [];
  for await (const item of result) {
    all.push(item);
  }
  return all;
}

function describe(error) {
  const { name, code, statusCode, message, body, details } = error;
  return { name, code: code ?? body?.code, statusCode, message, details: details ?? body };
}

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const request = JSON.parse(line);
  let outcome;
  try {
    outcome = { id: request.id, result: (await run(request)) ?? null };
  } catch (error) {
    outcome = { id: request.id, error: describe(error) };
  }
  process.stdout.write(JSON.stringify(outcome) + '\n');
});
lines.on('close', () => process.exit());
