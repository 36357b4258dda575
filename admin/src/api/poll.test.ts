import { poll, type Visibility } from './poll';

class Page extends EventTarget implements Visibility {
  visibilityState: DocumentVisibilityState = 'visible';

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('asking again and again', () => {
  let page: Page;
  let asked: number;
  let stop: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    page = new Page();
    asked = 0;
    stop = poll(() => asked++, 1000, page);
  });
  afterEach(() => {
    stop();
    jest.useRealTimers();
  });

  it('goes on while somebody looks', () => {
    jest.advanceTimersByTime(3000);
    expect(asked).toBe(3);
  });

  it('rests in a hidden tab, and asks at once when that comes back', () => {
    page.turn('hidden');
    jest.advanceTimersByTime(60_000);
    expect(asked).toBe(0);
    page.turn('visible');
    expect(asked).toBe(1);
    jest.advanceTimersByTime(1000);
    expect(asked).toBe(2);
  });

  it('does not begin in a tab that was opened in the background', () => {
    stop();
    page.visibilityState = 'hidden';
    stop = poll(() => asked++, 1000, page);
    jest.advanceTimersByTime(5000);
    expect(asked).toBe(0);
  });

  it('ends when it is told to, for good', () => {
    stop();
    page.turn('hidden');
    page.turn('visible');
    jest.advanceTimersByTime(5000);
    expect(asked).toBe(0);
  });
});
