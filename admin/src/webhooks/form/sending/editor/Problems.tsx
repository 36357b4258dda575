import type { ReactNode } from 'react';
import { Flex, TextButton, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import type { TemplateProblem } from '../../../../../../contracts';
import { useText } from '../../../../text/useText';
import { TintedBox } from '../../../../ui/TintedBox';

interface ProblemsProps {
  /** DOM id, by which the field names it. */
  id: string;
  problems: readonly TemplateProblem[];
  /** Puts the suggestion in the place of the wrong name; without it none is offered. */
  onUse?: (problem: TemplateProblem) => void;
}

/** What is wrong in a template, or may be: where, why, and its remedy. */
export function Problems({ id, problems, onUse }: ProblemsProps) {
  const { t, rich } = useText();
  const bold = (words: ReactNode) => <b>{words}</b>;
  return (
    <div id={id} aria-live="polite">
      {problems.map((problem, index) => {
        const { line, column, message, suggestion, warning } = problem;
        const tone = warning ? 'warning' : 'danger';
        return (
          <TintedBox key={index} tone={tone} padding={3} gap={3} alignItems="flex-start" marginTop={1}>
            <WarningCircle
              aria-hidden
              fill={`${tone}600`}
              width="1.6rem"
              height="1.6rem"
              style={{ flex: 'none' }}
            />
            <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
              <Typography variant="pi" style={{ overflowWrap: 'anywhere' }}>
                {line !== null && column !== null
                  ? rich('sending.problem.at', { line, column, message, b: bold })
                  : message}
              </Typography>
              {suggestion !== null && line !== null && column !== null && onUse && (
                <TextButton onClick={() => onUse(problem)}>
                  {t('sending.problem.use', { suggestion })}
                </TextButton>
              )}
            </Flex>
          </TintedBox>
        );
      })}
    </div>
  );
}
