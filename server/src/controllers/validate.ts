export { validate } from '../services/validate';
