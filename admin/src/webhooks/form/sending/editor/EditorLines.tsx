import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { TemplateProblem } from '../../../../../../contracts';
import { piecesOf, wordAt, type Piece } from '../template';

/** What stands left of the text: the number of its line. */
export const numberWidth = '4.4rem';

interface EditorLinesProps {
  text: string;
  problems: readonly TemplateProblem[];
}

/** The text that is edited, line by line and coloured; the field with the same letters lies over it. */
export function EditorLines({ text, problems }: EditorLinesProps) {
  return (
    <Lines aria-hidden>
      {text.split('\n').map((line, index) => (
        <Line key={index} text={line} number={index + 1} problems={problems} whole={text} />
      ))}
    </Lines>
  );
}

interface LineProps {
  text: string;
  number: number;
  problems: readonly TemplateProblem[];
  whole: string;
}

/** One line with its number, and a wave under what is wrong in it. */
function Line({ text, number, problems, whole }: LineProps) {
  const ofLine = problems.filter(({ line }) => line === number);
  const problem = ofLine.find(({ warning }) => !warning) ?? ofLine[0];
  const isMarked = problem?.column !== null && problem?.column !== undefined;
  const length = isMarked ? lengthAt(whole, number, problem.column ?? 1) : 0;
  return (
    <LineFrame data-number={number} $colour={problem && colourOf(problem)}>
      {marked(
        piecesOf(text),
        isMarked ? (problem.column ?? 1) - 1 : -1,
        length,
        problem && colourOf(problem),
      )}
      {/* An empty line has its height too. */}
      {text === '' && '\u200b'}
    </LineFrame>
  );
}

const lengthAt = (text: string, line: number, column: number): number => {
  const { start, end } = wordAt(text, line, column);
  return end - start;
};

/** The pieces as elements; from `start` on `length` characters of them with a wave. */
function marked(
  pieces: readonly Piece[],
  start: number,
  length: number,
  colour: string | undefined,
): ReactNode[] {
  let at = 0;
  return pieces.map(({ text, kind }, index) => {
    const from = Math.min(Math.max(start - at, 0), text.length);
    const to = Math.min(Math.max(start + length - at, 0), text.length);
    at += text.length;
    const hasWave = start >= 0 && to > from;
    return (
      <span key={index} data-kind={kind}>
        {hasWave ? (
          <>
            {text.slice(0, from)}
            <Wave $colour={colour}>{text.slice(from, to)}</Wave>
            {text.slice(to)}
          </>
        ) : (
          text
        )}
      </span>
    );
  });
}

const Lines = styled.div`
  padding: 0 1.6rem 1.6rem 0;
  color: #ffffff;

  [data-kind='liquid'] {
    background: #32324d;
    border-radius: 2px;
  }
  [data-kind='name'] {
    color: #ff8b8b;
  }
  [data-kind='string'] {
    color: #98c379;
  }
`;

/* On a dark ground in both themes. */
const colourOf = ({ warning }: TemplateProblem): string => (warning ? '#f2b04a' : '#ff8b8b');

const LineFrame = styled.div<{ $colour: string | undefined }>`
  position: relative;
  padding-left: ${numberWidth};
  white-space: pre-wrap;
  overflow-wrap: anywhere;

  &::before {
    content: attr(data-number);
    position: absolute;
    left: 0;
    width: 3rem;
    text-align: right;
    color: ${({ $colour }) => $colour ?? '#8e8ea9'};
    font-weight: ${({ $colour }) => ($colour ? 'bold' : 'normal')};
  }
`;

const Wave = styled.span<{ $colour: string | undefined }>`
  text-decoration: underline wavy ${({ $colour }) => $colour};
`;
