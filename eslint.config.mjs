import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const caught = '/^(cause|err|error|failure)$/';

const untellable = [
  {
    selector: "MemberExpression[property.name='log'][object.name='strapi']",
    message: 'Write through logOf(strapi): a name in a line must not begin another one.',
  },
  {
    selector: "MemberExpression[property.name='log'][object.property.name='strapi']",
    message: 'Write through logOf(strapi): a name in a line must not begin another one.',
  },
  {
    selector: `MemberExpression[object.name=${caught}][property.name=/^(detail|message|sql|sqlMessage|stack)$/]`,
    message: 'Use reasonOf(error): a message of the database holds a statement and its values.',
  },
  {
    selector: `CallExpression[callee.name='String'][arguments.0.name=${caught}]`,
    message: 'Use reasonOf(error): a message of the database holds a statement and its values.',
  },
  {
    selector: `TemplateLiteral > Identifier[name=${caught}]`,
    message: 'Use reasonOf(error): a message of the database holds a statement and its values.',
  },
];

const stateWords = [
  {
    selector: 'Literal[value=/^webhook\\.state\\./], TemplateElement[value.raw=/^webhook\\.state\\./]',
    message: 'Use stateOf or stateName of webhooks/trouble: the one source of what a state is called.',
  },
  {
    selector: 'Literal[value=/^delivery\\.state\\./], TemplateElement[value.raw=/^delivery\\.state\\./]',
    message: 'Use statusOf or statusName of deliveries/status: the one source of what a status is called.',
  },
];

/** They tell what a receiver or a proxy did, in texts of their own; none of it comes from a database. */
const readsErrors = ['server/src/delivery/attempt/classify.ts', 'server/src/delivery/http/*.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/.strapi/**',
      '**/.tmp/**',
      '**/build/**',
      'playground/types/**',
      'playground/public/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: [
      'server/**/*.ts',
      'admin/**/*.{ts,tsx}',
      'contracts/**/*.ts',
      'tests/**/*.ts',
      'playground/**/*.ts',
    ],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    // What is logged, stored as a reason or thrown on is made in one place, where it loses values and line breaks.
    files: ['server/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'server/src/log.ts', 'server/src/reason.ts', ...readsErrors],
    rules: { 'no-console': 'error', 'no-restricted-syntax': ['error', ...untellable] },
  },
  {
    // What is longer holds more than one thing. A file that has to be says why in its first line:
    // /* eslint-disable max-lines -- the reason */
    files: ['{server,admin}/src/**/*.{ts,tsx}', 'contracts/**/*.ts', '{bin,scripts,bench}/**/*.mjs'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: { 'max-lines': ['error', 320] },
  },
  {
    // In Node.js 20 it refuses names like bücher.example once it has been compiled.
    files: ['{server,admin}/src/**/*.{ts,tsx}', 'contracts/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'URL', property: 'canParse', message: 'Use parseUrl of contracts/address' },
      ],
    },
  },
  {
    files: ['admin/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['admin/src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', 'admin/src/webhooks/trouble.ts', 'admin/src/deliveries/status.ts'],
    rules: { 'no-restricted-syntax': ['error', ...stateWords] },
  },
  {
    files: ['**/*.{mjs,js,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setImmediate: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        AbortSignal: 'readonly',
        jest: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
