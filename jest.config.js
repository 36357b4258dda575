const swc = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022' }, module: { type: 'commonjs' } },
  ],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      displayName: 'unit',
      testEnvironment: 'node',
      transform: swc,
      testMatch: ['<rootDir>/{server,admin}/src/**/*.test.ts', '<rootDir>/contracts/**/*.test.ts'],
    },
    {
      displayName: 'integration',
      testEnvironment: 'node',
      transform: swc,
      setupFilesAfterEnv: ['<rootDir>/tests/long-timeout.js'],
      testMatch: ['<rootDir>/tests/integration/**/*.test.ts'],
    },
    {
      displayName: 'e2e',
      testEnvironment: 'node',
      transform: swc,
      setupFilesAfterEnv: ['<rootDir>/tests/long-timeout.js'],
      testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
    },
  ],
};
