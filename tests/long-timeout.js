// A real Strapi boots in these suites, on whatever machine this is.
jest.setTimeout(60_000);
