// Microsoft's parser and semantic analyser for the tests: a request per line of standard input, its answer per line of standard output.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { KustoCode, GlobalState, Symbols, Syntax, Editor } = globalThis.Kusto.Language;
const kinds = Object.fromEntries(Object.entries(Syntax.SyntaxKind).filter(([, value]) => typeof value === 'number').map(([name, value]) => [value, name]));

const known = new Map();

// A workspace's database with its tables.
function globals(tables) {
  const key = JSON.stringify(tables);
  if (!known.has(key)) {
    const symbols = Object.entries(tables).map(([name, columns]) => {
      const schema = Object.entries(columns).map(([column, type]) => `${column}: ${type}`).join(', ');
      return Symbols.TableSymbol.From(`(${schema})`).WithName(name);
    });
    const database = new Symbols.DatabaseSymbol.ctor('workspace', symbols);
    known.set(key, GlobalState.Default.WithCluster(new Symbols.ClusterSymbol.ctor('cluster', [database])).WithDatabase(database));
  }

  return known.get(key);
}

function* each(list) {
  const enumerator = globalThis.Bridge.getEnumerator(list);
  while (enumerator.moveNext()) {
    yield enumerator.Current;
  }
}

// Without recursion: thousands of conditions make a deep tree.
function* elements(root) {
  const stack = [[root, 0]];
  while (stack.length > 0) {
    const [element, depth] = stack.pop();
    yield [element, depth];
    for (let index = element.ChildCount - 1; index >= 0; index--) {
      const child = element.GetChild(index);
      if (child) {
        stack.push([child, depth + 1]);
      }
    }
  }
}

const classes = {
  int: 'number', long: 'number', real: 'number', decimal: 'number',
  string: 'string', bool: 'bool', datetime: 'datetime', timespan: 'timespan', guid: 'guid',
};

const classOf = (node) => classes[node?.ResultType?.Name];

const branches = {
  iff: (args) => args.slice(1),
  iif: (args) => args.slice(1),
  case: (args) => args.filter((_, index) => index % 2 === 1 || index === args.length - 1),
};

const items = (list) => [...each(list)].map((item) => item.Element$1 ?? item.Element ?? item);

// What the analyser lets pass, and the service refuses or answers with a dynamic value: values of different kinds compared with each other or in
// the branches of a choice, and dynamic values as keys.
function* unlike(root) {
  for (const [element] of elements(root)) {
    let values = [];
    const kind = kinds[element.Kind];
    if (kind === 'EqualExpression' || kind === 'NotEqualExpression') {
      values = [element.Left, element.Right];
    } else if (/^(Not)?In(Cs)?Expression$/.test(kind)) {
      values = [element.Left, ...items(element.Right.Expressions)];
    } else if (kind === 'FunctionCallExpression' && branches[element.Name.SimpleName]) {
      values = branches[element.Name.SimpleName](items(element.ArgumentList.Expressions));
    }

    if (kind === 'TopOperator' || kind === 'JoinOnClause') {
      const keys = kind === 'TopOperator' ? [element.ByExpression] : items(element.Expressions ?? element.Conditions);
      for (const key of keys.filter((one) => one?.ResultType?.Name === 'dynamic')) {
        yield diagnostic('Error', 'UNLIKE', 'A dynamic value is no key.', key);
      }
    }

    const found = new Set(values.map(classOf).filter((name) => name !== undefined));
    if (found.size > 1) {
      yield diagnostic('Error', 'UNLIKE', `Values of different kinds: ${[...found].join(', ')}.`, element);
    }
  }
}

function diagnostic(severity, code, message, at) {
  return { severity, code, message, start: at.TextStart ?? at.Start, length: at.Width ?? at.Length };
}

// Everything that makes the query what it is, but for what its string literals say.
function shape(root) {
  const lines = [];
  const texts = [];
  for (const [element, depth] of elements(root)) {
    const kind = kinds[element.Kind];
    if (kind === 'StringLiteralToken') {
      texts.push(Buffer.from(element.ValueText, 'utf16le').toString('base64'));
      lines.push(`${depth} ${JSON.stringify(element.Trivia)} ${kind}`);
    } else {
      lines.push(element.IsToken ? `${depth} ${JSON.stringify(element.Trivia)} ${kind} ${element.Text}` : `${depth} ${kind}`);
    }
  }

  return { shape: lines.join('\n'), texts };
}

function read(query, state, withTree) {
  const code = KustoCode.ParseAndAnalyze(query, state);
  const service = new Editor.KustoCodeService.ctor(code);
  const found = [...each(code.GetDiagnostics()), ...each(service.GetAnalyzerDiagnostics(true))];
  const type = code.ResultType;
  return {
    kind: code.Kind,
    diagnostics: [
      ...found.map((one) => diagnostic(one.Severity, one.Code, one.Message, one)),
      ...unlike(code.Syntax),
    ],
    columns: type?.Columns ? [...each(type.Columns)].map((column) => ({ name: column.Name, type: column.Type.Name })) : [],
    ...(withTree ? shape(code.Syntax) : {}),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, tables, queries, withTree } = JSON.parse(line);
  let answer;
  try {
    const state = globals(tables);
    answer = { id, answers: queries.map((query) => read(query, state, withTree)) };
  } catch (error) {
    answer = { id, error: String(error?.stack ?? error) };
  }

  process.stdout.write(JSON.stringify(answer) + '\n');
}
