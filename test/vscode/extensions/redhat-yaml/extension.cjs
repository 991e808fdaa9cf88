'use strict';
const vscode = require('vscode');

/**
 * Answers what the real one answers for plain YAML, one thing each, so that a test can see what comes twice. Its
 * interface is that of the real one as far as schema contributors go.
 */
exports.activate = (context) => {
  const asked = [];
  const record = (what, answer) => (document) => {
    asked.push({ what, uri: document.uri.toString() });
    return answer(document);
  };
  const selector = { language: 'yaml' };
  const firstLine = (document) => document.lineAt(0).range;
  context.subscriptions.push(
    vscode.languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: record('symbols', (document) => [
        new vscode.DocumentSymbol(
          'stub',
          '',
          vscode.SymbolKind.Module,
          firstLine(document),
          firstLine(document),
        ),
      ]),
    }),
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: record('folding', () => [new vscode.FoldingRange(0, 1)]),
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: record('hover', () => new vscode.Hover('stub')),
    }),
    vscode.languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: record('completion', () => [new vscode.CompletionItem('stub')]),
    }),
  );
  const contributors = [];
  return {
    asked,
    contributors,
    registerContributor: (schema, requestSchema, requestSchemaContent, label) => {
      contributors.push({ schema, requestSchema, requestSchemaContent, label });
      return true;
    },
  };
};
